package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.domain.NaiveAlerts.Version;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Encounter;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.domain.rule.CriticalLimit;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.pipeline.domain.rule.RuleDefinition;
import io.clinicalstreams.topics.wire.Merge;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Several patients, each with the partition of the re-keyed topic that its key is in. What is forwarded waits there until
 * {@link #receive} reads it. States are stored as bytes after each input.
 */
final class MergedPatients {

    /** What a patient's input causes. */
    private interface Effect {
        Evaluation evaluate(PatientKey key, Instant at, Hop hop);
    }

    /** @param home the patient that it is about, where it stays if it comes back */
    private record Input(PatientKey home, Effect effect) {}

    /** What waits in a partition: a state, or an input. */
    private record Waiting(
            PatientKey to, Forward what, @Nullable Input input, Instant at, int hops) {}

    /** Every finding is an alert of its own. */
    static final RuleBook WITHOUT_COOL_DOWN = RuleBook.of(List.of(rule(Duration.ofMillis(1))));

    static final RuleBook WITH_COOL_DOWN = RuleBook.of(List.of(rule(Duration.ofHours(1))));

    private final Evaluator evaluator = new Evaluator(Cases.UNITS);
    private RuleBook rules;
    private boolean onlyAlertsMove;
    private final Map<PatientKey, byte[]> states = new HashMap<>();
    private final Map<PatientKey, Queue<Waiting>> partitions =
            new TreeMap<>((a, b) -> a.reference().compareTo(b.reference()));
    private final Map<String, Integer> versions = new HashMap<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();
    private Instant now = Cases.NOON;
    private boolean held;
    private boolean wasHeld;

    MergedPatients() {
        this(WITHOUT_COOL_DOWN);
    }

    MergedPatients(RuleBook rules) {
        this.rules = rules;
    }

    MergedPatients watchedBy(RuleBook changed) {
        rules = changed;
        return this;
    }

    /** As if the readings of both were too many. */
    MergedPatients movingAlertsOnly(boolean only) {
        onlyAlertsMove = only;
        return this;
    }

    private static CriticalLimit rule(Duration coolDown) {
        CriticalLimit rule = Cases.potassiumHigh();
        return new CriticalLimit(
                new RuleDefinition(
                        rule.id(), rule.version(), rule.title(), rule.source(), rule.maxAge(), coolDown, AgeBand.ANY),
                rule.variants());
    }

    static PatientKey key(String name) {
        return new PatientKey("Patient/" + name);
    }

    void reads(String patient, Version version) {
        tick();
        trace.add("Patient/" + patient + " reads " + version.id() + ' ' + version.value());
        take(key(patient), new Input(key(patient), observed(observation(version))), now, 0);
    }

    /** A version of an Encounter. */
    void stays(String patient, String encounter, long version, boolean present) {
        tick();
        Encounter stay = new Encounter(encounter, true, present, version, null, false);
        take(
                key(patient),
                new Input(key(patient), (key, at, hop) -> evaluator.admit(state(key), key, stay, hop, at, rules)),
                now,
                0);
    }

    /** Looks at a patient without an input. */
    void reviewed(String patient) {
        PatientKey key = key(patient);
        settle(key, evaluator.review(state(key), key, now, rules), null, now, 0);
    }

    /** A version of a Patient with a link. */
    void replaced(String patient, long version, @Nullable String by) {
        learns(patient, new PatientLink(by == null ? null : key(by), version, null));
    }

    void learns(String patient, @Nullable PatientLink link) {
        introduces(patient, new Patient(null, false, null, link));
    }

    void introduces(String patient, Patient version) {
        tick();
        PatientKey key = key(patient);
        settle(key, evaluator.learn(state(key), key, version, now, rules), null, now, 0);
    }

    private void tick() {
        now = now.plusSeconds(1);
    }

    private Effect observed(Observation observation) {
        return (key, at, hop) -> {
            PatientState before = state(key);
            Evaluation evaluation =
                    evaluator.evaluate(before, key, observation.movedTo(key), at, "received/0/7", hop, rules);
            held &= !NaiveAlerts.isDecidedBy(observation, before, evaluation.state());
            return evaluation;
        };
    }

    private void take(PatientKey key, Input input, Instant at, int hops) {
        settle(key, input.effect().evaluate(key, at, hop(key, input.home(), hops)), input, at, hops);
    }

    private static Hop hop(PatientKey key, PatientKey home, int hops) {
        return hops > 0 && key.equals(home) ? Hop.HOME : hops < Merge.MOST_HOPS ? Hop.ONWARD : Hop.LAST;
    }

    /** Those whose partitions hold something. */
    List<PatientKey> waiting() {
        return partitions.entrySet().stream()
                .filter(partition -> !partition.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Reads the next record of a partition. */
    void receive(PatientKey key) {
        Waiting next = Objects.requireNonNull(partitions.get(key)).remove();
        trace.add(key.reference() + " receives " + next.what().getClass().getSimpleName() + ' ' + next.hops());
        next.what()
                .answer(
                        moved -> {
                            Evaluation evaluation = evaluator.takeOver(
                                    state(key),
                                    key,
                                    moved.from(),
                                    onlyAlertsMove ? moved.state().openAlerts() : moved.state(),
                                    hop(key, moved.from(), next.hops()),
                                    next.at(),
                                    rules);
                            held |= evaluation.state().episodes().stream().anyMatch(Episode::isOpen);
                            wasHeld |= held;
                            settle(key, evaluation, null, next.at(), next.hops());
                            return true;
                        },
                        input -> {
                            take(key, Objects.requireNonNull(next.input()), next.at(), next.hops());
                            return true;
                        });
    }

    void receiveAll() {
        for (List<PatientKey> waiting = waiting(); !waiting.isEmpty(); waiting = waiting()) {
            waiting.forEach(this::receive);
        }
    }

    private void settle(PatientKey key, Evaluation evaluation, @Nullable Input input, Instant at, int hops) {
        if (hops > Merge.MOST_HOPS) {
            throw new IllegalStateException("goes on for ever");
        }
        states.put(key, PatientStateCodec.encode(evaluation.state()));
        for (Alert alert : evaluation.alerts()) {
            int version = versions.merge(alert.alertId(), 1, Integer::sum);
            if (version != alert.version()) {
                throw new IllegalStateException("version " + alert.version() + " instead of " + version);
            }
            tell(key.reference() + ' ' + alert.transition() + ' ' + alert.severity() + ' ' + alert.version());
        }
        evaluation.merges().forEach(event -> tell(key.reference() + ' ' + event.label()));
        Forward forward = evaluation.forward();
        if (forward != null) {
            partitions
                    .computeIfAbsent(forward.to(), any -> new ArrayDeque<>())
                    .add(new Waiting(forward.to(), forward, input, at, hops + 1));
        }
    }

    PatientState state(PatientKey key) {
        byte[] state = states.get(key);
        return state == null ? PatientState.EMPTY : PatientStateCodec.decode(state);
    }

    List<NaiveAlerts.Open> open(String patient) {
        return NaiveAlerts.of(state(key(patient)));
    }

    private void tell(String event) {
        told.add(event);
        trace.add(event);
    }

    /** Whether an alert was open after a merge, and no reading has decided since then. */
    boolean isHeld() {
        return held;
    }

    /** Whether one was open after a merge. */
    boolean wasHeld() {
        return wasHeld;
    }

    /** Everything that was read, received and told. */
    List<String> trace() {
        return trace;
    }

    /** What happened since this was last asked. */
    List<String> told() {
        List<String> all = List.copyOf(told);
        told.clear();
        return all;
    }

    MergedPatients after(Duration time) {
        now = now.plus(time);
        return this;
    }

    static Observation observation(Version version) {
        boolean withdrawn = version.value() == null;
        return Cases.potassium(
                        withdrawn
                                ? "1"
                                : Objects.requireNonNull(version.value()).toString())
                .id(version.id())
                .version(version.number())
                .effective(version.time())
                .status(withdrawn ? ObservationStatus.ENTERED_IN_ERROR : ObservationStatus.FINAL)
                .build();
    }
}
