package io.clinicalstreams.topics.setting;

import static io.clinicalstreams.topics.problem.Checks.requireText;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * One Kafka setting as written down: the value, why it is so, and what shows that it is right.
 *
 * @param value as Kafka wants it, without a unit; spaces around it are not part of it
 * @param evidence {@code pending}, also with what is known so far, {@code documentation: ...}, {@code issue: ...}, {@code
 *     measured NAME: ...} or {@code experiment NAME: ...}; see {@link EvidenceText}
 */
public record Setting(
        @JsonFormat(shape = JsonFormat.Shape.SCALAR) String value, String why, String evidence) {

    public Setting {
        value = requireText("value", value).strip();
        requireText("why", why);
        evidence = EvidenceText.require(
                "evidence", requireText("evidence", evidence).strip());
    }

    /** Whether the value is not yet shown to be right, whatever else is known. */
    public boolean isPending() {
        return EvidenceText.isPending(evidence);
    }
}
