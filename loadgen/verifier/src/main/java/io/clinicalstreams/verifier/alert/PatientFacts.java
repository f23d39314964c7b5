package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.ObservedResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * One patient's facts, in order, and the most that one input brought. The alerting lane limits what one input may cause
 * and what a patient's state may hold; beyond that, readings are not evaluated. This class has upper bounds for both.
 */
final class PatientFacts {

    /** From one input. Agreed with senders, as are the next two. */
    private static final long TRANSITIONS = 1_000;

    /** Bytes of state, which is written whole with each change, from one input. */
    private static final long WRITTEN = 64L << 20;

    private static final int INCIDENTS = 1_000;

    /** Bytes of a state that fits its topic, whatever the topic's settings. */
    private static final long STATE = 1_000_000;

    /** More than a state takes without its incidents. */
    private static final long BESIDE_INCIDENTS = 2_048;

    /** More than an incident takes without its readings and its encounter. */
    private static final long BESIDE_READINGS = 512;

    /** Texts of an incident: the encounter, and of three readings the identity, the value, the unit and the analyte. */
    private static final long TEXTS = 13;

    private final List<Fact> direct = new ArrayList<>();
    private final List<Fact> rekeyed = new ArrayList<>();
    private long mostFacts;
    private long mostReadings;
    private int longestText;

    List<Fact> direct() {
        return direct;
    }

    List<Fact> rekeyed() {
        return rekeyed;
    }

    /** @param facts of one input in the received topic */
    void direct(List<Fact> facts, List<OracleRule> rules) {
        direct.addAll(facts);
        measure(facts, rules);
    }

    /** @param facts of one input in the re-keyed topic */
    void rekeyed(List<Fact> facts, List<OracleRule> rules) {
        rekeyed.addAll(facts);
        measure(facts, rules);
    }

    private void measure(List<Fact> facts, List<OracleRule> rules) {
        long readings = 0;
        for (Fact fact : facts) {
            if (fact instanceof Fact.Observed observed) {
                note(observed.identity());
                note(observed.encounter());
                for (ObservedResult measured : observed.measured()) {
                    note(measured.analyte());
                    note(measured.unit());
                    note(Objects.toString(measured.value(), null));
                    readings += rules.stream()
                            .filter(rule -> rule.concerns(measured)
                                    && RuleResult.look(observed, measured, rule, rules)
                                            .mayMeetALevel())
                            .count();
                }
            }
        }
        mostFacts = Math.max(mostFacts, facts.size());
        mostReadings = Math.max(mostReadings, readings);
    }

    private void note(@Nullable String text) {
        longestText = Math.max(longestText, text == null ? 0 : Utils.utf8Length(text));
    }

    /** Every analyte that was measured. */
    Set<String> analytes() {
        return Stream.concat(direct.stream(), rekeyed.stream())
                .filter(Fact.Observed.class::isInstance)
                .flatMap(fact -> ((Fact.Observed) fact).measured().stream())
                .map(ObservedResult::analyte)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /**
     * Whether every reading was evaluated. A reading that meets a level causes a transition and can be followed by a
     * clear one; so can each alert that was open before.
     *
     * @param open alerts at the same time, at most
     * @param incidents in all
     */
    boolean isWithinLimits(int open, int incidents) {
        long state = BESIDE_INCIDENTS + incidents * (BESIDE_READINGS + TEXTS * longestText);
        return 2 * mostReadings + open <= TRANSITIONS
                && mostFacts * state <= WRITTEN
                && incidents <= INCIDENTS
                && state <= STATE;
    }
}
