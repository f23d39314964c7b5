package io.clinicalstreams.pipeline.fhir.datatype;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import org.junit.jupiter.api.Test;

class KnownTypesTest {

    @Test
    void theKnownTypesAreThoseOfFhirR4() {
        assertThat(KnownTypes.NAMES).isEqualTo(FhirContext.forR4Cached().getResourceTypes());
    }
}
