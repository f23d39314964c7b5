package io.clinicalstreams.pipeline.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time during which one rule holds for one patient, and the alert that tells of it.
 *
 * @param version the number of transitions so far
 * @param transition the last one
 * @param opening the reading that opened it
 * @param latest the reading with the latest clinical time it has seen
 * @param worst the most extreme reading that met a level
 * @param lastNotifiedAt input's time of the last transition that starts the cool-down
 * @param endedAt input's time of its end; null while it is open
 * @param preliminary the reading that opened it was preliminary and has not become final
 * @param escalations how often it was escalated
 * @param suppressed how many readings made no transition
 * @param generated a reading behind it is test data
 */
public record Episode(
        String alertId,
        String ruleId,
        int version,
        Severity severity,
        Transition transition,
        Evidence opening,
        Evidence latest,
        Evidence worst,
        Instant lastNotifiedAt,
        @Nullable Instant endedAt,
        boolean preliminary,
        int escalations,
        int suppressed,
        boolean generated,
        @Nullable String encounter) {

    public boolean isOpen() {
        return endedAt == null;
    }

    /** The episode that a reading opens: version 1. */
    static Episode raised(String alertId, String ruleId, Severity severity, Evidence by, Reading reading) {
        Observation observation = reading.observation();
        return new Episode(
                alertId,
                ruleId,
                1,
                severity,
                Transition.RAISED,
                by,
                by,
                by,
                reading.at(),
                null,
                reading.isPreliminary(),
                0,
                0,
                observation.generated(),
                observation.encounter());
    }

    /** This episode, just raised, as one that goes on with the versions of an alert that was forgotten. */
    Episode continuing(ForgottenAlert forgotten) {
        return new Episode(
                alertId,
                ruleId,
                forgotten.version() + 1,
                severity,
                Transition.REOPENED,
                opening,
                latest,
                worst,
                lastNotifiedAt,
                endedAt,
                preliminary,
                escalations,
                suppressed,
                generated,
                encounter);
    }

    /**
     * This episode after a transition: the version rises, who is told is told now, and it ends when it is resolved.
     *
     * @param by the reading as evidence
     * @param worst the most extreme reading, this one included
     */
    Episode after(Transition transition, Severity severity, Evidence by, Evidence worst, Reading reading) {
        boolean confirmation = isConfirmedBy(reading);
        Observation observation = reading.observation();
        return new Episode(
                alertId,
                ruleId,
                version + 1,
                severity,
                transition,
                confirmation ? by : opening,
                latest(by, reading),
                worst,
                isNotification(transition) ? reading.at() : lastNotifiedAt,
                transition == Transition.RESOLVED ? reading.at() : null,
                preliminary && !confirmation,
                transition == Transition.ESCALATED ? escalations + 1 : escalations,
                suppressed,
                generated || observation.generated(),
                observation.encounter() == null ? encounter : observation.encounter());
    }

    /**
     * This episode after a reading that makes no transition: it was seen, and nothing is said.
     *
     * @param by the reading as evidence
     * @param worst the most extreme reading, this one included
     */
    Episode afterSilence(Evidence by, Evidence worst, Reading reading) {
        return new Episode(
                alertId,
                ruleId,
                version,
                severity,
                transition,
                opening,
                latest(by, reading),
                worst,
                lastNotifiedAt,
                endedAt,
                preliminary,
                escalations,
                suppressed + 1,
                generated,
                encounter);
    }

    /** Whether the reading's clinical time is before the latest one seen. */
    boolean isLate(Reading reading) {
        return reading.time().isBefore(latest.time());
    }

    /** Whether the reading is the final form of the preliminary one that opened this. */
    boolean isConfirmedBy(Reading reading) {
        return preliminary && !reading.isPreliminary() && reading.identity().equals(opening.observation());
    }

    private Evidence latest(Evidence by, Reading reading) {
        return isLate(reading) ? latest : by;
    }

    private static boolean isNotification(Transition transition) {
        return switch (transition) {
            case RAISED, ESCALATED, LOWERED, REPEATED, REOPENED -> true;
            case CONFIRMED, RESOLVED, REVISED, RETRACTED -> false;
        };
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "Episode[hidden]";
    }
}
