package io.clinicalstreams.topics.setting;

import static io.clinicalstreams.topics.problem.Checks.requireText;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * One Kafka setting as written: the value, the reason, and the evidence that it is right.
 *
 * @param value in Kafka's format, without a unit; surrounding spaces are removed
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

    /** Whether the value is not yet shown to be right. */
    public boolean isPending() {
        return EvidenceText.isPending(evidence);
    }
}
