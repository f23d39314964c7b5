package io.clinicalstreams.pipeline.fhir.datatype;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import org.junit.jupiter.api.Test;

class KnownTypesTest {

    @Test
    void theKnownTypesAreThoseOfFhirR4() {
        assertThat(ResourceTypeNames.NAMES).isEqualTo(FhirContext.forR4Cached().getResourceTypes());
    }
}
