package io.clinicalstreams.pipeline.domain.episode;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The time during which one rule's finding holds for one patient, and its alert.
 *
 * @param analyte if the rule has an episode for each analyte; else null
 * @param version the number of transitions so far
 * @param transition the latest one
 * @param opening the reading that opened it
 * @param latest the reading with the latest clinical time
 * @param worst the most extreme reading that met a level
 * @param lastNotifiedAt input time of the last transition that starts the cool-down
 * @param endedAt input time of its end; null while it is open
 * @param preliminary the reading that opened it was preliminary and is not final yet
 * @param escalations number of escalations
 * @param suppressed number of readings that caused no transition
 * @param generated true if any of its readings is test data
 */
public record Episode(
        String alertId,
        String ruleId,
        @Nullable Coding analyte,
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

    boolean isOf(String ruleId, @Nullable Coding analyte) {
        return this.ruleId.equals(ruleId) && Objects.equals(this.analyte, analyte);
    }

    /**
     * The episode that a reading opens: version 1.
     *
     * @param analyte the reading's analyte, if the rule has an episode for each analyte
     */
    public static Episode raised(
            String alertId, String ruleId, @Nullable Coding analyte, Severity severity, Reading reading) {
        Observation observation = reading.observation();
        Evidence by = reading.evidence();
        return new Episode(
                alertId,
                ruleId,
                analyte,
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

    /** This newly raised episode, continuing the version numbers of a forgotten alert. */
    public Episode continuing(ForgottenAlert forgotten) {
        return with(forgotten.version() + 1, Transition.REOPENED, latest, worst, suppressed);
    }

    /**
     * This episode after a transition: the version rises, a notification restarts the cool-down, and resolving ends it.
     *
     * @param worst the most extreme reading, including this one
     */
    public Episode after(Transition transition, Severity severity, Evidence worst, Reading reading) {
        boolean confirmation = isConfirmedBy(reading);
        Observation observation = reading.observation();
        return new Episode(
                alertId,
                ruleId,
                analyte,
                version + 1,
                severity,
                transition,
                confirmation ? reading.evidence() : opening,
                latest(reading),
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
     * This episode after a suppressed reading, which causes no transition.
     *
     * @param worst the most extreme reading, including this one
     */
    public Episode afterSilence(Evidence worst, Reading reading) {
        return with(version, transition, latest(reading), worst, suppressed + 1);
    }

    private Episode with(int version, Transition transition, Evidence latest, Evidence worst, int suppressed) {
        return new Episode(
                alertId,
                ruleId,
                analyte,
                version,
                severity,
                transition,
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

    /** Whether the reading's clinical time is before the episode's latest. */
    public boolean isLate(Reading reading) {
        return reading.time().isBefore(latest.time());
    }

    /** Whether the reading is the final form of the preliminary one that opened this episode. */
    public boolean isConfirmedBy(Reading reading) {
        return preliminary && !reading.isPreliminary() && reading.identity().equals(opening.observation());
    }

    private Evidence latest(Reading reading) {
        return isLate(reading) ? latest : reading.evidence();
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
