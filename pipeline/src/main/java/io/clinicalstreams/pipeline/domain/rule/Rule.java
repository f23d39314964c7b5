package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule. The kinds differ in which codes they listen to and how they assess a reading. What {@code Evaluator}
 * excludes beforehand and the course of an episode are the same for all. A new kind is a record that implements these
 * methods.
 */
public sealed interface Rule permits CriticalLimit, LaboratoryFlag, Silence {

    /** For {@link #endOf}. */
    int LOOK_BACKS = 7;

    RuleDefinition definition();

    default String id() {
        return definition().id();
    }

    default String version() {
        return definition().version();
    }

    default String title() {
        return definition().title();
    }

    default String source() {
        return definition().source();
    }

    default Duration maxAge() {
        return definition().maxAge();
    }

    default Duration coolDown() {
        return definition().coolDown();
    }

    default AgeBand age() {
        return definition().age();
    }

    /** The code of its kind, in alerts and in the rule's own record. */
    String kind();

    /** The name of the {@linkplain Assessment#criterion criterion} in its alerts: {@code limit}. */
    String criterionName();

    /** The codes it listens to; empty if it listens to every code. */
    Set<Coding> codes();

    /** How far back it looks: ended episodes must be kept at least this long. */
    default Duration lookBack() {
        return maxAge().compareTo(coolDown()) < 0 ? coolDown() : maxAge();
    }

    /**
     * When an open episode ends if no further reading of it comes: after seven times as long as the rule looks back, a
     * week for a rule with a max-age of a day. By then the input that opened it has expired too.
     */
    default Instant endOf(Episode open) {
        return open.heardAt().plus(lookBack().multipliedBy(LOOK_BACKS)).truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether it has an episode for each analyte. */
    default boolean isByAnalyte() {
        return false;
    }

    /** The analyte of codings, if the rule has an episode for each analyte; null if it has one episode. */
    default @Nullable Coding analyte(List<Coding> codings) {
        return null;
    }

    default @Nullable Coding analyte(Reading reading) {
        return analyte(reading.measurement().codings());
    }

    /**
     * Whether readings with these codings belong to its episodes.
     *
     * @param analyte of the episode; null if the rule has one episode
     */
    default boolean isAbout(List<Coding> codings, @Nullable Coding analyte) {
        for (Coding coding : codings) {
            if (listensTo(coding)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is one of its {@link #codes}. */
    default boolean listensTo(Coding coding) {
        return codes().contains(coding);
    }

    /** Whether its episodes follow from readings alone, so that they can be gone through again. */
    default boolean isToldByReadings() {
        return true;
    }

    /**
     * Whether it applies to a reading with its codes.
     *
     * @param open whether an episode of the reading's analyte is open
     * @param assessedBy the rules that have already assessed the reading: rules for some codes come before rules for
     *     all codes, each in order of id
     */
    default boolean concerns(boolean open, Reading reading, List<Rule> assessedBy) {
        return true;
    }

    /** Positive if one reading is more extreme than the other; null if the two cannot be compared. */
    default @Nullable Integer order(Evidence one, Evidence other, UnitConversion units) {
        return null;
    }

    /** Assesses a reading with its codes, and updates the state with what the rule must remember about it. */
    Judgement evaluate(PatientState state, Reading reading, UnitConversion units);
}
