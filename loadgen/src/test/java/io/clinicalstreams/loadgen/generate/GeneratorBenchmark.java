package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.scenario.Scenario;
import java.time.Instant;
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

/** The cost of generating one record on one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class GeneratorBenchmark {

    private final Generator generator = new Generator(Scenario.plain(1, 1_000), 6);
    private Instant at = Instant.parse("2026-03-01T08:00:00Z");

    @Benchmark
    public Object record() {
        at = at.plusNanos(1_000);
        return generator.next(at);
    }
}
