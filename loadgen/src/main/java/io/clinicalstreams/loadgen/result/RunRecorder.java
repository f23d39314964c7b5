package io.clinicalstreams.loadgen.result;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.measure.TestBed;
import io.clinicalstreams.loadgen.result.RunResult.CurvePoint;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.topics.problem.CommandException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * Samples a run once a second on a thread of its own, from outside the thread that sends, and keeps the state in a file
 * every ten seconds. So an interrupted run, or one whose broker died, leaves what it has measured.
 */
public final class RunRecorder implements AutoCloseable {

    private static final String STILL_RUNNING = "the run had not ended when this was written";
    private static final String ENDED_BY_ERROR = "the run ended with an error";
    private static final String LATE = "generator-late";
    private static final int SAMPLES_PER_STATE = 10;
    private static final int CURVE_POINTS_PER_HALVING = 4;
    private static final double MICROS_PER_MILLI = 1e3;
    private static final long LONGEST_MICROS = 1_000_000;
    private static final int DIGITS = 3;
    private static final long LAST_SAMPLE_MILLIS = 6_000;

    private final RunDescription description;
    private final Supplier<@Nullable SendResult> sent;
    private final List<LatencyProbe> probes;
    private final SystemSampler system;
    private final @Nullable RunFile file;
    private final Duration every;
    private final TestBed testBed;
    private final Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final List<RunSample> samples = new ArrayList<>();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread thread = new Thread(this::sampleEachSecond, "run-recorder");
    private Map<String, Histogram> before = Map.of();
    private double lastSecond;
    private long missing;
    private String missingBecause = "";
    private boolean kept;

    private RunRecorder(
            RunDescription description,
            Supplier<@Nullable SendResult> sent,
            List<LatencyProbe> probes,
            SystemSampler system,
            @Nullable RunFile file,
            Duration every) {
        this.description = description;
        this.sent = sent;
        this.probes = List.copyOf(probes);
        this.system = system;
        this.file = file;
        this.every = every;
        this.testBed = TestBed.local();
        thread.setDaemon(true);
    }

    /**
     * Begins to sample as soon as the sender runs. An earlier result in the file is replaced at once.
     *
     * @param probes of the outcomes, or none
     * @param system is closed with this
     * @param file where the result is kept; null for nowhere; is closed with this
     * @throws CommandException if the file cannot be written
     */
    public static RunRecorder start(
            RunDescription description,
            Sender sender,
            List<LatencyProbe> probes,
            SystemSampler system,
            @Nullable RunFile file) {
        return start(description, sender::soFar, probes, system, file, Duration.ofSeconds(1));
    }

    static RunRecorder start(
            RunDescription description,
            Supplier<@Nullable SendResult> sent,
            List<LatencyProbe> probes,
            SystemSampler system,
            @Nullable RunFile file,
            Duration every) {
        RunRecorder recorder = new RunRecorder(description, sent, probes, system, file, every);
        if (file != null) {
            try {
                file.begin(description.run(), recorder.started.toEpochMilli(), recorder.nothingYet(STILL_RUNNING));
            } catch (CommandException refused) {
                system.close();
                throw refused;
            }
        }
        recorder.thread.start();
        return recorder;
    }

    /**
     * The result of the run, which is kept in the file too.
     *
     * @param incompleteBecause why the run did not reach its end; null if it did
     * @param verdict what became of the input; null if it was not judged
     */
    public RunResult finish(
            SendResult result, @Nullable String incompleteBecause, @Nullable Map<String, Long> verdict) {
        endSampling();
        synchronized (this) {
            sample(SystemSample.NONE);
            RunResult whole = state(result, result.seconds(), incompleteBecause, verdict);
            keep(whole);
            kept = true;
            return whole;
        }
    }

    /** After an error, keeps what was measured before it. */
    @Override
    public void close() {
        endSampling();
        synchronized (this) {
            if (!kept) {
                SendResult last = sent.get();
                keep(last == null ? nothingYet(ENDED_BY_ERROR) : state(last, ENDED_BY_ERROR));
            }
        }
        system.close();
        if (file != null) {
            file.close();
        }
    }

    private void endSampling() {
        finished.countDown();
        try {
            thread.join(LAST_SAMPLE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void sampleEachSecond() {
        try {
            long next = System.nanoTime();
            do {
                sampleOrCount();
                next = Math.max(next + every.toNanos(), System.nanoTime());
            } while (!finished.await(next - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** One sample that fails, as of a process that ends meanwhile, must not end the others. */
    private void sampleOrCount() {
        try {
            if (sent.get() != null) {
                sample(system.next());
            }
        } catch (RuntimeException failed) {
            synchronized (this) {
                missing++;
                missingBecause = failed.getClass().getSimpleName();
            }
        }
    }

    private synchronized void sample(SystemSample now) {
        SendResult soFar = sent.get();
        if (soFar == null || kept) {
            return;
        }
        Map<String, Histogram> micros = histograms(soFar);
        Map<String, Histogram> interval = new TreeMap<>();
        micros.forEach((outcome, all) -> {
            Histogram since = all.copy();
            Histogram earlier = before.get(outcome);
            if (earlier != null) {
                since.subtract(earlier);
            }
            if (since.getTotalCount() > 0) {
                interval.put(outcome, since);
            }
        });
        before = micros;
        Map<String, Latencies> latencies = new TreeMap<>();
        interval.forEach((outcome, histogram) -> latencies.put(outcome, Latencies.of(histogram)));
        double second = FigureText.rounded(soFar.seconds());
        samples.add(new RunSample(second, soFar.records(), soFar.acknowledged(), latencies, now));
        if (file != null) {
            file.append(lastSecond, second, interval);
            if (samples.size() % SAMPLES_PER_STATE == 0) {
                keep(state(soFar, STILL_RUNNING));
            }
        }
        lastSecond = second;
    }

    private Map<String, Histogram> histograms(SendResult soFar) {
        Map<String, Histogram> all = new HashMap<>();
        all.put(RunSummary.PRODUCE, soFar.produce());
        all.put(LATE, soFar.late());
        probes.forEach(probe -> all.putAll(probe.histograms()));
        return all;
    }

    private void keep(RunResult state) {
        if (file != null) {
            file.keep(state);
        }
    }

    private RunResult nothingYet(String incompleteBecause) {
        Histogram none = new Histogram(LONGEST_MICROS, DIGITS);
        return state(new SendResult(0, 0, 0, 0, 0, 0, 0, none, none, 0, 0, List.of()), incompleteBecause);
    }

    /** Of a run that has no result yet: its seconds include the warm-up. */
    private RunResult state(SendResult soFar, String incompleteBecause) {
        double warmUp = description.schedule().warmUp().toMillis() / 1e3;
        return state(soFar, Math.max(0, soFar.seconds() - warmUp), incompleteBecause, null);
    }

    private RunResult state(
            SendResult soFar, double seconds, @Nullable String incompleteBecause, @Nullable Map<String, Long> verdict) {
        Map<String, List<CurvePoint>> curves = new TreeMap<>();
        histograms(soFar).forEach((outcome, micros) -> curves.put(outcome, curve(micros)));
        ProbeSnapshot measured = probes.isEmpty()
                ? null
                : ProbeSnapshot.of(probes.stream().map(LatencyProbe::snapshot).toList());
        return new RunResult(
                description.run(),
                incompleteBecause == null,
                incompleteBecause,
                started,
                testBed,
                description.settings(),
                description.producerSettings(),
                description.laneSettings(),
                description.times(),
                RunSummary.of(description.schedule(), soFar, seconds, measured, samples, missingSamples()),
                verdict,
                curves,
                List.copyOf(samples));
    }

    private List<String> missingSamples() {
        return missing == 0 ? List.of() : List.of("samples missing: " + missing + ", " + missingBecause);
    }

    /** Closer and closer to 100 %: some points for each half of the rest. */
    private static List<CurvePoint> curve(Histogram micros) {
        List<CurvePoint> points = new ArrayList<>();
        if (micros.getTotalCount() > 0) {
            for (HistogramIterationValue value : micros.percentiles(CURVE_POINTS_PER_HALVING)) {
                points.add(new CurvePoint(
                        value.getPercentileLevelIteratedTo(), value.getValueIteratedTo() / MICROS_PER_MILLI));
            }
        }
        return points;
    }
}
