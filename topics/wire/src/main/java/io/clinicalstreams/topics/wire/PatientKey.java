package io.clinicalstreams.topics.wire;

import java.nio.charset.StandardCharsets;

/**
 * The patient that a resource is about, as a canonical reference ({@code Patient/123}, an absolute URL on an unknown
 * server, or {@code system|value} for a logical reference). It is the key in every clinical topic and never appears in
 * a log.
 */
public record PatientKey(String reference) {

    /** Maximum length of a key in UTF-8 bytes. */
    public static final int MAX_BYTES = 1_024;

    public PatientKey {
        if (reference.isEmpty()) {
            throw new IllegalArgumentException("a patient key must not be empty");
        }
    }

    /** The key as in Kafka: UTF-8. */
    public byte[] toBytes() {
        return reference.getBytes(StandardCharsets.UTF_8);
    }

    /** Hides the patient: this may end up in a log. */
    @Override
    public String toString() {
        return "PatientKey[hidden]";
    }
}
