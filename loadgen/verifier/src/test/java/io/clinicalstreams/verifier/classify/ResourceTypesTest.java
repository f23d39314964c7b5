package io.clinicalstreams.verifier.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

class ResourceTypesTest {

    @Test
    void areThoseThatHapiLists() {
        assertThat(ResourceTypes.NAMES)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ResourceType.values()).map(Enum::name).toList());
    }
}
