package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.ObservedResult;
import io.clinicalstreams.verifier.rule.OracleRule;
import io.clinicalstreams.verifier.rule.RuleResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    /** Bytes of state, which is read whole for each change, from one input. */
    private static final long WRITTEN = 64L << 20;

    private static final int INCIDENTS = 1_000;

    /** Bytes of a state that fits its topic, whatever the topic's settings. */
    private static final long STATE = 1_000_000;

    /** More than a state takes without its incidents. */
    private static final long BESIDE_INCIDENTS = 2_048;

    /** More than an incident takes without its readings and its encounter. */
    private static final long BESIDE_READINGS = 512;

    /** More than the readings of an analyte that are kept take without their identities; and all withdrawals. */
    private static final long BESIDE_IDENTITIES = Kept.MOST * 60;

    /** So many Observations without a reading that counts are remembered. */
    private static final int MOST_VERSIONS = 32;

    private static final long WITHDRAWALS = MOST_VERSIONS * 30L;

    /** Of Observations of one input that are versions of each other. */
    private static final List<String> BY_RANK = List.of(
            "unknown", "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error");

    /** Texts of an incident: the encounter, and of three readings the identity, the value, the unit and the analyte. */
    private static final long TEXTS = 13;

    private final List<Fact> direct = new ArrayList<>();
    private final List<Fact> rekeyed = new ArrayList<>();
    private long mostFacts;
    private long mostReadings;
    private int longestText;
    private int longestIdentity;
    private final Set<String> identities = new HashSet<>();

    /** Observations that were withdrawn, or came again. */
    private final Set<String> again = new HashSet<>();

    /** The number of readings with an interpretation by analyte. */
    private final Map<String, Integer> interpreted = new HashMap<>();

    List<Fact> direct() {
        return direct;
    }

    List<Fact> rekeyed() {
        return rekeyed;
    }

    /** Notes what a state may keep of an Observation, also of those that no alert is about. */
    void keeping(Fact.Observed observed) {
        for (ObservedResult measured : observed.measured()) {
            if (measured.analyte() != null && !measured.interpretations().isEmpty()) {
                interpreted.merge(measured.analyte(), 1, Integer::sum);
                longestIdentity = Math.max(longestIdentity, Utils.utf8Length(observed.identity()));
            }
        }
    }

    boolean isEmpty() {
        return direct.isEmpty() && rekeyed.isEmpty();
    }

    /** @param facts of one input in the received topic */
    void direct(List<Fact> facts, List<OracleRule> rules) {
        direct.addAll(inOrder(facts));
        measure(facts, rules);
    }

    /** @param facts of one input in the re-keyed topic */
    void rekeyed(List<Fact> facts, List<OracleRule> rules) {
        rekeyed.addAll(inOrder(facts));
        measure(facts, rules);
    }

    /**
     * The facts of one input in the order in which they are evaluated, whatever their order in it: patients, then
     * Observations by time, versions of one together.
     */
    private static List<Fact> inOrder(List<Fact> facts) {
        if (facts.size() < 2) {
            return facts;
        }
        Map<String, Instant> earliest = new HashMap<>();
        facts.forEach(
                fact -> earliest.merge(identity(fact), time(fact), (one, other) -> other.isBefore(one) ? other : one));
        return facts.stream()
                .sorted(Comparator.<Fact, Boolean>comparing(Fact.Observed.class::isInstance)
                        .thenComparing(fact -> earliest.getOrDefault(identity(fact), fact.at()))
                        .thenComparing(PatientFacts::identity)
                        .thenComparing(fact -> fact instanceof Fact.Observed observed
                                ? BY_RANK.indexOf(observed.status())
                                : BY_RANK.size())
                        .thenComparing(PatientFacts::time))
                .toList();
    }

    /** Patients are in the order of their versions, then of their birth dates. */
    private static String identity(Fact fact) {
        if (fact instanceof Fact.Observed observed) {
            return observed.identity();
        }
        Fact.Introduced patient = (Fact.Introduced) fact;
        long version = patient.versionId() == null ? -1 : patient.versionId();
        Instant updated = patient.lastUpdated() == null ? Instant.EPOCH : patient.lastUpdated();
        return "%018d %018d %09d %s"
                .formatted(version, updated.getEpochSecond(), updated.getNano(), patient.birthDate());
    }

    private static Instant time(Fact fact) {
        Instant time = fact instanceof Fact.Observed observed ? observed.time() : null;
        return time == null ? fact.at() : time;
    }

    private void measure(List<Fact> facts, List<OracleRule> rules) {
        long readings = 0;
        for (Fact fact : facts) {
            if (fact instanceof Fact.Observed observed) {
                note(observed.identity());
                longestIdentity = Math.max(longestIdentity, Utils.utf8Length(observed.identity()));
                boolean isAgain = !identities.add(observed.identity()) || observed.isWithdrawn();
                if (isAgain) {
                    again.add(observed.identity());
                }
                note(observed.encounter());
                for (ObservedResult measured : observed.measured()) {
                    note(measured.analyte());
                    note(measured.unit());
                    note(Objects.toString(measured.value(), null));
                    readings += rules.stream()
                            .filter(rule -> rule.concerns(measured)
                                    && (isAgain
                                            || RuleResult.look(observed, measured, rule, rules)
                                                    .mayMeetALevel()))
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
        return measured().map(ObservedResult::analyte).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private Stream<ObservedResult> measured() {
        return Stream.concat(direct.stream(), rekeyed.stream())
                .filter(Fact.Observed.class::isInstance)
                .flatMap(fact -> ((Fact.Observed) fact).measured().stream());
    }

    boolean forgetsVersions() {
        return again.size() > MOST_VERSIONS;
    }

    /** The analytes of which more readings may have come than are kept. */
    Set<String> crowded() {
        Map<String, Integer> readings = new HashMap<>(interpreted);
        measured()
                .filter(measured -> measured.interpretations().isEmpty())
                .map(ObservedResult::analyte)
                .filter(Objects::nonNull)
                .forEach(analyte -> readings.merge(analyte, 1, Integer::sum));
        readings.values().removeIf(count -> count <= Kept.MOST);
        return Set.copyOf(readings.keySet());
    }

    /**
     * Whether every reading was evaluated. A reading that meets a level causes a transition and can be followed by a
     * clear one; so can each alert that was open before, and a correction of a reading.
     *
     * @param open alerts at the same time, at most
     * @param incidents in all
     */
    boolean isWithinLimits(int open, int incidents) {
        long state = BESIDE_INCIDENTS
                + WITHDRAWALS
                + Stream.concat(interpreted.keySet().stream(), analytes().stream())
                                .distinct()
                                .count()
                        * (BESIDE_IDENTITIES + (long) Kept.MOST * longestIdentity)
                + incidents * (BESIDE_READINGS + TEXTS * longestText);
        return 2 * mostReadings + open <= TRANSITIONS
                && mostFacts * state <= WRITTEN
                && incidents <= INCIDENTS
                && state <= STATE;
    }
}
