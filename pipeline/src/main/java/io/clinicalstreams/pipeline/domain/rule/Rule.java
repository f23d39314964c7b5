package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule. Its kinds differ in what they listen to and in what they find in a reading; what {@code Evaluator}
 * refuses before it asks a rule, and the course of an episode, are the same for all. A new kind is a
 * record that answers these questions.
 */
public sealed interface Rule permits CriticalLimit, LaboratoryFlag {

    /** With its owner before it: {@code curated/potassium-high}. */
    String id();

    /** Identifies this wording of the rule; an alert names it. */
    String version();

    String title();

    /** Who published it. */
    String source();

    /** Older readings open and change nothing. */
    Duration maxAge();

    /** How long the same finding is not repeated, and a resolved one reopens. */
    Duration coolDown();

    /** The patients it is for. */
    AgeBand age();

    /** The code of its kind, in an alert and in the rule's own record. */
    String kind();

    /** What its alerts call that which {@linkplain Assessment#criterion decided}: {@code limit}. */
    String criterionName();

    /** The codes it listens to; none when it listens to every code. */
    Set<Coding> codes();

    /** How far back it looks: at least so long an ended episode has to be remembered. */
    default Duration lookBack() {
        return maxAge().compareTo(coolDown()) < 0 ? coolDown() : maxAge();
    }

    /** What a reading is of, in a rule that has an episode for each analyte; null in a rule of one. */
    default @Nullable Coding analyte(Reading reading) {
        return null;
    }

    /**
     * Whether it has anything to say about a reading of its codes.
     *
     * @param assessedBy the rules that have assessed it already: those that listen to some codes come before those that
     *     listen to all, each in the order of the ids
     */
    default boolean concerns(PatientState state, Reading reading, List<Rule> assessedBy) {
        return true;
    }

    /** What a reading of its codes means, and the state with what the rule has to remember of it. */
    Judgement evaluate(PatientState state, Reading reading, UnitConversion units);
}
