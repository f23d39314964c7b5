package io.clinicalstreams.pipeline.domain.episode;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import java.time.Duration;
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
 * @param lastNotifiedAt input time of the last page
 * @param paged severity of the last page
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
        Severity paged,
        @Nullable Instant endedAt,
        boolean preliminary,
        int escalations,
        int suppressed,
        boolean generated,
        @Nullable String encounter) {

    public boolean isOpen() {
        return endedAt == null;
    }

    public boolean isOf(String ruleId, @Nullable Coding analyte) {
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
                severity,
                null,
                reading.isPreliminary(),
                0,
                0,
                observation.generated(),
                observation.encounter());
    }

    /** This newly raised episode, continuing the version numbers of a forgotten alert. */
    public Episode continuing(ForgottenAlert forgotten) {
        return with(forgotten.version() + 1, Transition.REOPENED, opening, latest, worst, endedAt, suppressed);
    }

    /**
     * This episode after a transition: the version rises, a page starts the cool-down, and resolving ends it.
     *
     * @param worst the most extreme reading, including this one
     * @param late whether a newer reading is known
     */
    public Episode after(Transition transition, Severity severity, Evidence worst, Reading reading, boolean late) {
        boolean confirmation = isConfirmedBy(reading);
        boolean opensAgain = !isOpen() && reading.identity().equals(opening.observation());
        Observation observation = reading.observation();
        return new Episode(
                alertId,
                ruleId,
                analyte,
                version + 1,
                severity,
                transition,
                confirmation || opensAgain ? reading.evidence() : opening,
                late ? latest : reading.evidence(),
                worst,
                isPage(transition) ? reading.at() : lastNotifiedAt,
                isPage(transition) ? severity : paged,
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
     * @param late whether a newer reading is known
     */
    public Episode afterSilence(Evidence worst, Reading reading, boolean late) {
        return with(version, transition, opening, late ? latest : reading.evidence(), worst, endedAt, suppressed + 1);
    }

    /**
     * The episode that the readings tell when they are judged again: version 1.
     *
     * @param at input time
     */
    public static Episode raised(
            String alertId,
            String ruleId,
            @Nullable Coding analyte,
            RecomputedEpisode told,
            Instant at,
            @Nullable String encounter) {
        return new Episode(
                alertId,
                ruleId,
                analyte,
                1,
                told.severity(),
                Transition.RAISED,
                told.opening(),
                told.latest(),
                told.worst(),
                at,
                told.severity(),
                null,
                told.preliminary(),
                0,
                0,
                told.generated(),
                encounter);
    }

    /**
     * The episode of a silence: version 1.
     *
     * @param last the reading after which nothing came, or the admission
     * @param at input time by which it was due
     */
    public static Episode silent(
            String alertId,
            String ruleId,
            Severity severity,
            Evidence last,
            Instant at,
            boolean generated,
            @Nullable String encounter) {
        return new Episode(
                alertId,
                ruleId,
                null,
                1,
                severity,
                Transition.RAISED,
                last,
                last,
                last,
                at,
                severity,
                null,
                false,
                0,
                0,
                generated,
                encounter);
    }

    /** This ended episode of a silence that is due again after the same reading. */
    public Episode silentAgain(Severity severity, Instant at) {
        return new Episode(
                alertId,
                ruleId,
                null,
                version + 1,
                severity,
                Transition.REOPENED,
                opening,
                opening,
                opening,
                at,
                severity,
                null,
                false,
                escalations,
                suppressed,
                generated,
                encounter);
    }

    /**
     * This episode as the readings tell it now.
     *
     * @param paged whether it is a page
     * @param at input time
     */
    public Episode judgedAgain(Transition transition, RecomputedEpisode told, boolean paged, Instant at) {
        return new Episode(
                alertId,
                ruleId,
                analyte,
                version + 1,
                told.severity(),
                transition,
                told.opening(),
                told.latest(),
                told.worst(),
                paged ? at : lastNotifiedAt,
                paged ? told.severity() : this.paged,
                told.ended() ? Objects.requireNonNullElse(endedAt, at) : null,
                told.preliminary(),
                escalations,
                suppressed,
                generated || told.generated(),
                encounter);
    }

    /** This open episode after a late reading, which causes no transition. */
    public Episode afterLate(RecomputedEpisode told) {
        return new Episode(
                alertId,
                ruleId,
                analyte,
                version,
                severity,
                transition,
                told.opening(),
                told.latest(),
                told.worst(),
                lastNotifiedAt,
                paged,
                endedAt,
                told.preliminary(),
                escalations,
                suppressed + 1,
                generated || told.generated(),
                encounter);
    }

    /** This open episode after a late reading that is no part of it. */
    public Episode afterLate() {
        return with(version, transition, opening, latest, worst, endedAt, suppressed + 1);
    }

    /** This episode after the result behind it was taken back. */
    public Episode retracted(Instant at) {
        return with(
                version + 1,
                Transition.RETRACTED,
                opening,
                latest,
                worst,
                Objects.requireNonNullElse(endedAt, at),
                suppressed);
    }

    /** This ended episode, before a reading of the Observation that gives its id opens it again. */
    public Episode openedBy(Evidence reading) {
        return with(version, transition, reading, latest, worst, endedAt, suppressed);
    }

    /** Whether a reading of an Observation is behind it. */
    public boolean names(ObservationIdentity observation) {
        return opening.observation().equals(observation)
                || latest.observation().equals(observation)
                || worst.observation().equals(observation);
    }

    /** This episode after it ended without a reading. */
    public Episode ended(Instant at) {
        return with(version + 1, Transition.ENDED, opening, latest, worst, at, suppressed);
    }

    /** This open episode after its patient turned out to be a duplicate. */
    public Episode moved(Instant at) {
        return with(version + 1, Transition.MOVED, opening, latest, worst, at, suppressed);
    }

    /** This open episode of a duplicate as one of the patient that replaces it. */
    public Episode continuedAs(String alertId, int version) {
        return new Episode(
                alertId,
                ruleId,
                analyte,
                version,
                severity,
                Transition.CONTINUED,
                opening,
                latest,
                worst,
                lastNotifiedAt,
                paged,
                endedAt,
                preliminary,
                escalations,
                suppressed,
                generated,
                encounter);
    }

    /**
     * This open episode, which was open for a duplicate too: the more severe one counts, with the reading that opened it,
     * and the later page.
     *
     * @param order positive if the duplicate's worst reading is more extreme; null if the two cannot be compared
     */
    public Episode joinedWith(Episode ofDuplicate, @Nullable Integer order) {
        Episode paged = ofDuplicate.lastNotifiedAt.isAfter(lastNotifiedAt) ? ofDuplicate : this;
        boolean worse = ofDuplicate.severity.compareTo(severity) > 0;
        Episode severe = worse ? ofDuplicate : this;
        boolean later = ofDuplicate.latest.time().isAfter(latest.time());
        return new Episode(
                alertId,
                ruleId,
                analyte,
                version + 1,
                severe.severity,
                Transition.CONTINUED,
                severe.opening,
                later ? ofDuplicate.latest : latest,
                (order == null ? worse : order > 0) ? ofDuplicate.worst : worst,
                paged.lastNotifiedAt,
                paged.paged,
                endedAt,
                severe.preliminary,
                escalations,
                suppressed + ofDuplicate.suppressed,
                generated || ofDuplicate.generated,
                encounter);
    }

    private Episode with(
            int version,
            Transition transition,
            Evidence opening,
            Evidence latest,
            Evidence worst,
            @Nullable Instant endedAt,
            int suppressed) {
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
                paged,
                endedAt,
                preliminary,
                escalations,
                suppressed,
                generated,
                encounter);
    }

    /** When it was last heard of: its latest reading or its last page, whichever is later. */
    public Instant heardAt() {
        return latest.time().isAfter(lastNotifiedAt) ? latest.time() : lastNotifiedAt;
    }

    /**
     * Whether it was paged at this severity, or a higher one, less than a cool-down ago. The page of an alert that is
     * over does not count.
     */
    public boolean isPaged(Severity severity, Instant at, Duration coolDown) {
        return !isOver() && severity.compareTo(paged) <= 0 && at.isBefore(lastNotifiedAt.plus(coolDown));
    }

    /**
     * Whether the reading's clinical time is before the episode's latest: for states of earlier versions, which kept no
     * other readings. If the latest one ended it with a clock that
     * was ahead of the log, its true time may be as much earlier as a clock may be ahead: a later reading of a correct
     * clock must not count as late.
     */
    public boolean isLate(Reading reading) {
        boolean ahead = endedAt != null && latest.time().isAfter(endedAt);
        return reading.time().isBefore(ahead ? latest.time().minus(Reading.AHEAD) : latest.time());
    }

    /**
     * Whether a finding reopens it, because it ended less than a cool-down ago. A retracted alert is not reopened: what
     * is found next is another finding. Nor is one that moved: it goes on elsewhere.
     */
    public boolean isReopened(Instant at, Duration coolDown) {
        return endedAt != null && !isOver() && at.isBefore(endedAt.plus(coolDown));
    }

    /** Whether no later finding is part of it. */
    public boolean isOver() {
        return transition == Transition.RETRACTED || transition == Transition.MOVED;
    }

    /** Whether the reading is the final form of the preliminary one that opened this episode. */
    public boolean isConfirmedBy(Reading reading) {
        return preliminary && !reading.isPreliminary() && reading.identity().equals(opening.observation());
    }

    private static boolean isPage(Transition transition) {
        return switch (transition) {
            case RAISED, ESCALATED, REPEATED, REOPENED -> true;
            case LOWERED, CONFIRMED, RECURRED, RESOLVED, ENDED, REVISED, RETRACTED, MOVED, CONTINUED -> false;
        };
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "Episode[hidden]";
    }
}
