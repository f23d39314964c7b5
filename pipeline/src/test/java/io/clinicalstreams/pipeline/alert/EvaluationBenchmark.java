package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of evaluating one reading of a patient with the built-in rules, in the course of a {@link WardWeek}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class EvaluationBenchmark {

    private record Arrived(Observation observation, Instant at) {}

    private final Evaluator evaluator = new Evaluator(new UcumConversion());
    private final List<Rule> builtIn = AlertRuleYaml.load().stream()
            .map(rule -> RuleDecoder.decode(rule.id(), AlertRuleJson.write(rule)))
            .toList();
    private final RuleBook rules = RuleBook.of(builtIn);
    private final RuleBook rulesAndSilence = RuleBook.of(
            Stream.concat(builtIn.stream(), Stream.of(Cases.silence(false))).toList());
    private final List<Arrived> week = WardWeek.inputs(1).stream()
            .map(input -> new Arrived(input.observation().build(), input.at()))
            .toList();
    private PatientState state = PatientState.EMPTY;
    private final PatientStore store = new PatientStore("any", new HashMap<>());
    private final Bytes key = Bytes.wrap(Cases.ANNA.toBytes());
    private byte[] whole = PatientStateCodec.encode(PatientState.EMPTY);
    private int next;

    @Benchmark
    public PatientState evaluated() {
        state = evaluated(next == 0 ? PatientState.EMPTY : state);
        return state;
    }

    /** With the state read from its bytes, and what changed written, as the lane does. */
    @Benchmark
    public List<StateParts.Part> evaluatedAndStored() {
        StoredState stored = new StoredState(store.get(key));
        PatientState after = evaluated(next == 0 ? PatientState.EMPTY : stored.state());
        List<StateParts.Part> parts = stored.changes(after);
        store.putAll(parts.stream()
                .map(part -> KeyValue.pair(Bytes.wrap(PatientStore.key(key.get(), part.number())), part.bytes()))
                .toList());
        return parts;
    }

    /** With the state read from its bytes and written whole. */
    @Benchmark
    public byte[] evaluatedAndStoredWhole() {
        whole = PatientStateCodec.encode(evaluated(next == 0 ? PatientState.EMPTY : PatientStateCodec.decode(whole)));
        return whole;
    }

    /** With all that the lane does for a reading: what is due before it, and what is due next. */
    @Benchmark
    public @Nullable Instant reviewed() {
        return reviewed(rules);
    }

    /** The same for a patient who is watched by a rule of kind silence. */
    @Benchmark
    public @Nullable Instant watched() {
        return reviewed(rulesAndSilence);
    }

    private @Nullable Instant reviewed(RuleBook book) {
        PatientState before = next == 0 ? PatientState.EMPTY : state;
        before = evaluator.review(before, Cases.ANNA, week.get(next).at(), book).state();
        state = evaluated(before, book);
        return evaluator.nextSilence(state, book);
    }

    private PatientState evaluated(PatientState before) {
        return evaluated(before, rules);
    }

    private PatientState evaluated(PatientState before, RuleBook book) {
        Arrived arrived = week.get(next);
        next = next + 1 == week.size() ? 0 : next + 1;
        return evaluator
                .evaluate(before, Cases.ANNA, arrived.observation(), arrived.at(), "received/0/7", book)
                .state();
    }
}
