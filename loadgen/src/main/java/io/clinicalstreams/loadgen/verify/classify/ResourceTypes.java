package io.clinicalstreams.loadgen.verify.classify;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ResourceType;

/** The resource types of FHIR R4, as HAPI lists them. */
final class ResourceTypes {

    private static final Set<String> NAMES =
            Arrays.stream(ResourceType.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private ResourceTypes() {}

    static boolean isKnown(String name) {
        return NAMES.contains(name);
    }
}
