package io.clinicalstreams.topics.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life of a gateway: a Device resource in {@code clinical.resource.received} under the key {@code Device/ID}. A
 * rule of kind silence with this code watches every gateway that has sent one.
 */
public final class Heartbeat {

    /** Its resource type, under which the recording lane counts it as ignored. */
    public static final String RESOURCE_TYPE = "Device";

    /** The system of {@link #CODE} in a rule. */
    public static final String SYSTEM = "https://clinical-streams.io/fhir/CodeSystem/log";

    public static final String CODE = "heartbeat";

    private static final String PREFIX = RESOURCE_TYPE + '/';

    private Heartbeat() {}

    /** The gateway that a record's key names, {@code Device/ID}; null if it names none. */
    public static @Nullable String gateway(byte @Nullable [] key) {
        if (key == null || key.length > PREFIX.length() + ResourceIds.LONGEST) {
            return null;
        }
        String text = new String(key, StandardCharsets.UTF_8);
        return isGateway(text) && ResourceIds.isId(text, PREFIX.length()) ? text : null;
    }

    /** Whether what an alert is about is a gateway, and not a patient. */
    public static boolean isGateway(String reference) {
        return reference.startsWith(PREFIX);
    }
}
