package io.clinicalstreams.loadgen.report;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.Machine;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.measure.TestBed;
import io.clinicalstreams.loadgen.result.ProcessSample;
import io.clinicalstreams.loadgen.result.RunResult;
import io.clinicalstreams.loadgen.result.RunResult.CurvePoint;
import io.clinicalstreams.loadgen.result.RunSample;
import io.clinicalstreams.loadgen.result.RunSummary;
import io.clinicalstreams.loadgen.result.SystemSample;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Made-up runs, with figures that look like real ones. */
final class Runs {

    private static final int WARM_UP = 20;

    private Runs() {}

    static RunResult of(int seed, int seconds) {
        return run(seed, seconds, Map.of("acks", "all", "linger.ms", seed), 1, null);
    }

    /** @param slower the latencies' factor */
    static RunResult with(String setting, int value, double slower) {
        return run(7, 60, Map.of("acks", "all", setting, value), slower, null);
    }

    /** @param slower the latencies' factor */
    static RunResult at(String commit, int seed, double slower) {
        RunResult run = with("linger.ms", 5, slower);
        Map<String, Object> settings = new HashMap<>(run.settings());
        settings.put("seed", seed);
        return new RunResult(
                run.run(),
                true,
                null,
                run.started(),
                new TestBed(
                        run.testBed().machine(),
                        run.testBed().java(),
                        run.testBed().kafka(),
                        commit),
                settings,
                run.producerSettings(),
                run.laneSettings(),
                run.schedule(),
                run.summary(),
                null,
                run.latencyCurves(),
                run.samples());
    }

    static RunResult incomplete(String because) {
        return run(7, 60, Map.of("acks", "all"), 1, because);
    }

    private static RunResult run(
            int seed, int seconds, Map<String, Object> producer, double slower, @Nullable String incompleteBecause) {
        Random random = new Random(seed);
        List<RunSample> samples = new ArrayList<>();
        for (int second = 1; second <= WARM_UP + seconds; second++) {
            samples.add(sample(second, random, slower));
        }
        Schedule schedule =
                new Schedule(RateCurve.steady(5_000), Duration.ofSeconds(WARM_UP), Duration.ofSeconds(seconds));
        Histogram produce = new Histogram(3_600_000_000L, 3);
        for (int i = 0; i < 100_000; i++) {
            produce.recordValue((long) (slower * (2_000 + 1_500 * Math.abs(random.nextGaussian()))));
        }
        long records = 5_000L * (WARM_UP + seconds);
        SendResult sent = new SendResult(
                records,
                5_000L * WARM_UP,
                records,
                records,
                0,
                0,
                0,
                new Histogram(3),
                produce,
                seconds,
                records * 900,
                List.of());
        ProbeSnapshot seen = new ProbeSnapshot(
                Map.of(
                        "recorded",
                        new Latencies(1_000, 60 * slower, 90 * slower, 130 * slower, 300 * slower, 420 * slower),
                        "alert",
                        new Latencies(100, 20 * slower, 35 * slower, 60 * slower, 90 * slower, 95 * slower)),
                Map.of(),
                Map.of(),
                null);
        return new RunResult(
                "loadgen run",
                incompleteBecause == null,
                incompleteBecause,
                Instant.parse("2026-03-01T08:00:00Z"),
                new TestBed(new Machine("AMD EPYC", 2, 8, "Linux 6.1"), "OpenJDK 17", "4.4.0", "0123abcd"),
                Map.of("topic", "clinical.resource.received", "scenario", "ordinary", "seed", 1),
                producer,
                Map.of(),
                new RunResult.Times(5_000.0, WARM_UP, (double) seconds),
                RunSummary.of(schedule, sent, seconds, seen, samples, List.of()),
                null,
                Map.of("produce", curve(3 * slower), "recorded", curve(60 * slower), "alert", curve(20 * slower)),
                samples);
    }

    private static RunSample sample(int second, Random random, double slower) {
        boolean isWarm = second > WARM_UP;
        double jitter = slower * (1 + 0.2 * random.nextDouble() + (random.nextInt(60) == 0 ? 4 : 0));
        Map<String, Latencies> latencies = isWarm
                ? Map.of(
                        "produce", latency(3 * jitter),
                        "recorded", latency(60 * jitter),
                        "alert", latency(20 * jitter),
                        "generator-late", latency(0.1 * jitter))
                : Map.of();
        double warming = 1 + 2.0 / second;
        return new RunSample(
                second,
                5_000L * second,
                5_000L * second - random.nextInt(40),
                latencies,
                new SystemSample(
                        Map.of(
                                "clinical-streams-recording", (long) (400 * jitter),
                                "clinical-streams-alerting", (long) (90 * jitter)),
                        Map.of(
                                "loadgen", process(0.2 * warming, 350, random),
                                "broker-1", process(0.4 * warming, 700, random),
                                "lanes", process(0.6 * warming, 900 + second / 10.0, random)),
                        60 * warming / 3,
                        55.0,
                        second * 0.8));
    }

    private static Latencies latency(double millis) {
        return new Latencies(100, millis, 1.5 * millis, 2 * millis, 3 * millis, 4 * millis);
    }

    private static ProcessSample process(double cores, double memory, Random random) {
        return new ProcessSample(
                cores + 0.05 * random.nextDouble(),
                memory,
                memory / 3 + 50 * random.nextDouble(),
                random.nextInt(5) == 0 ? 8.0 : 0.0,
                4.5,
                4.4 + 0.2 * random.nextDouble());
    }

    private static List<CurvePoint> curve(double p50) {
        List<CurvePoint> points = new ArrayList<>(List.of(new CurvePoint(0, p50 / 3)));
        for (double rest = 50; rest > 0.001; rest /= 1.4) {
            points.add(new CurvePoint(100 - rest, p50 * Math.pow(50 / rest, 0.3)));
        }
        points.add(new CurvePoint(100, p50 * 40));
        return points;
    }
}
