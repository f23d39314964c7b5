package io.clinicalstreams.topics;

import static io.clinicalstreams.topics.Checks.requireText;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One Kafka setting as somebody wrote it down: the value, why it is so, and what shows that it is right.
 *
 * @param value as Kafka wants it, without a unit
 * @param evidence {@code pending}, or {@code documentation: ...}, or {@code measured: ...}, or {@code experiment: ...}
 */
public record Setting(
        @JsonProperty(required = true) String value,
        @JsonProperty(required = true) String why,
        @JsonProperty(required = true) String evidence) {

    /** What stands in {@link #evidence} until an experiment has shown the setting's effect. */
    public static final String PENDING = "pending";

    public Setting {
        requireText("value", value);
        requireText("why", why);
        requireText("evidence", evidence);
        if (!evidence.equals(PENDING) && !evidence.matches("(?s)(documentation|measured|experiment): .+")) {
            throw new IllegalArgumentException("evidence: must be '" + PENDING
                    + "' or start with 'documentation: ', 'measured: ' or 'experiment: ', was '" + evidence + "'");
        }
    }

    public boolean isPending() {
        return evidence.equals(PENDING);
    }
}
