package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    private final RuleBook rules = RuleBook.of(AlertRuleYaml.load().stream()
            .map(rule -> RuleDecoder.decode(rule.id(), AlertRuleJson.write(rule)))
            .toList());
    private final List<Arrived> week = WardWeek.inputs(1).stream()
            .map(input -> new Arrived(input.observation().build(), input.at()))
            .toList();
    private PatientState state = PatientState.EMPTY;
    private byte[] stored = PatientStateCodec.encode(PatientState.EMPTY);
    private int next;

    @Benchmark
    public PatientState evaluated() {
        state = evaluated(next == 0 ? PatientState.EMPTY : state);
        return state;
    }

    /** With the state read from its bytes and written again. */
    @Benchmark
    public byte[] evaluatedAndStored() {
        stored = PatientStateCodec.encode(evaluated(next == 0 ? PatientState.EMPTY : PatientStateCodec.decode(stored)));
        return stored;
    }

    private PatientState evaluated(PatientState before) {
        Arrived arrived = week.get(next);
        next = next + 1 == week.size() ? 0 : next + 1;
        return evaluator
                .evaluate(before, Cases.ANNA, arrived.observation(), arrived.at(), "received/0/7", rules)
                .state();
    }
}
