package io.clinicalstreams.trial.backtest;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.step.AlertRecord;
import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A transition of an alert, or a reading of an open alert that caused none.
 *
 * @param patient the patient key
 * @param rule the rule's id
 * @param severity {@code low}, {@code moderate} or {@code high}
 * @param transition {@code suppressed} if there was none
 * @param at input time
 */
record AlertEvent(String patient, String alertId, String rule, String severity, String transition, Instant at) {

    private static final String SUPPRESSED = "suppressed";

    /** The transitions that page; the others are updates of an alert that was paged. */
    private static final Set<String> PAGES = Set.of("raised", "reopened", "repeated", "escalated");

    static AlertEvent of(Record<byte[], AlertRecord> alert) {
        ClinicalHeaders headers = new ClinicalHeaders(alert.headers());
        return new AlertEvent(
                new String(alert.key(), StandardCharsets.UTF_8),
                text(headers, HeaderNames.ALERT_ID),
                text(headers, HeaderNames.RULE),
                text(headers, HeaderNames.SEVERITY),
                text(headers, HeaderNames.TRANSITION),
                Instant.ofEpochMilli(alert.timestamp()));
    }

    static AlertEvent suppressed(String patient, Episode open, Instant at) {
        return new AlertEvent(
                patient,
                open.alertId(),
                open.ruleId(),
                open.severity().name().toLowerCase(Locale.ROOT),
                SUPPRESSED,
                at);
    }

    private static String text(ClinicalHeaders headers, String name) {
        return Objects.requireNonNull(headers.text(name), name);
    }

    boolean isRaised() {
        return transition.equals("raised");
    }

    boolean isPage() {
        return PAGES.contains(transition);
    }

    boolean isSuppressed() {
        return transition.equals(SUPPRESSED);
    }

    /** Hides the patient: this may end up in a log. */
    @Override
    public String toString() {
        return "AlertEvent[hidden]";
    }
}
