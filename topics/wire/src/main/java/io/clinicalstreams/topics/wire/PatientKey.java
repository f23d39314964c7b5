package io.clinicalstreams.topics.wire;

import java.nio.charset.StandardCharsets;

/**
 * Whom a resource is about: the canonical reference of the patient ({@code Patient/123}, an absolute URL of an unknown
 * base, or {@code system|value} for a logical reference). It keys every clinical topic and never appears in a log.
 */
public record PatientKey(String reference) {

    /** How many bytes a key may have in UTF-8. */
    public static final int MAX_BYTES = 1_024;

    public PatientKey {
        if (reference.isEmpty()) {
            throw new IllegalArgumentException("a patient key must not be empty");
        }
    }

    /** The key as it stands in Kafka: UTF-8. */
    public byte[] toBytes() {
        return reference.getBytes(StandardCharsets.UTF_8);
    }

    /** Hides the patient: this may end up in a log. */
    @Override
    public String toString() {
        return "PatientKey[hidden]";
    }
}
