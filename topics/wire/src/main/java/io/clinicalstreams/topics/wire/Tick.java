package io.clinicalstreams.topics.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code clinical.resource.received} that says nothing: its place and its time in the log are all that counts.
 * The service sends one to each partition, so that the log's time goes on while nothing else arrives. It is a valid
 * resource of a type that no lane records.
 */
public final class Tick {

    /** Its resource type, under which the recording lane counts it as ignored. */
    public static final String RESOURCE_TYPE = "Basic";

    private static final byte[] VALUE = ("{\"resourceType\":\"" + RESOURCE_TYPE
                    + "\",\"code\":{\"coding\":[{\"system\":"
                    + "\"https://clinical-streams.io/fhir/CodeSystem/log\",\"code\":\"tick\"}]}}")
            .getBytes(StandardCharsets.US_ASCII);

    private Tick() {}

    /** Its value, a new copy. Its key is null. */
    public static byte[] value() {
        return VALUE.clone();
    }

    public static boolean is(byte @Nullable [] key, byte @Nullable [] value) {
        return key == null && Arrays.equals(VALUE, value);
    }
}
