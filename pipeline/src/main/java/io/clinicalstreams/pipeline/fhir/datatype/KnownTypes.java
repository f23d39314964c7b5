package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.fhir.json.TextMap;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The resource types of FHIR R4, looked up by the bytes of their names. */
public final class KnownTypes {

    public static final String BUNDLE = "Bundle";

    public static final TextMap<String> BY_NAME = new TextMap<>(
            ResourceTypeNames.NAMES.stream().collect(Collectors.toMap(Function.identity(), Function.identity())));

    private KnownTypes() {}
}
