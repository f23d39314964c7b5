package io.clinicalstreams.loadgen.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.topics.problem.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class RunRecorderTest {

    private static final Duration EVERY = Duration.ofMillis(5);

    @TempDir
    private Path folder;

    /** Records so far: each was confirmed after as many milliseconds as its number. */
    private final AtomicLong records = new AtomicLong();

    @Test
    void keepsTheWholeRunWithEachSecond() throws Exception {
        RunResult returned;
        try (RunRecorder recorder = record()) {
            untilSampled(() -> records.set(5));
            untilSampled(() -> records.set(20));
            returned = recorder.finish(sent(), null, Map.of("lost", 0L));
        }
        RunResult read = read();

        assertThat(RunSchema.problems(Files.readString(file()))).isEmpty();
        assertThat(read).isEqualTo(returned);
        assertThat(read.complete()).isTrue();
        assertThat(read.summary().records()).isEqualTo(20);
        assertThat(read.summary().latencyMillis().get("produce").max()).isBetween(20.0, 20.1);
        assertThat(read.samples())
                .flatExtracting(sample -> sample.latencyMillis().values())
                .extracting(Latencies::count)
                .as("each record in one second only")
                .containsExactly(5L, 15L);
        assertThat(read.samples().get(read.samples().size() - 1).sent()).isEqualTo(20);
        assertThat(read.latencyCurves().get("produce"))
                .extracting(RunResult.CurvePoint::percentile)
                .startsWith(0.0)
                .endsWith(100.0);
        assertThat(logged("produce")).isEqualTo(20);
    }

    @Test
    @SuppressWarnings("try") // The recorder works on a thread of its own.
    void leavesWhatItMeasuredWhenTheProcessIsKilled() throws Exception {
        try (RunRecorder recorder = record()) {
            records.set(7);
            await().until(() -> !read().samples().isEmpty());

            RunResult left = read();
            assertThat(RunSchema.problems(Files.readString(file()))).isEmpty();
            assertThat(left.complete()).isFalse();
            assertThat(left.incompleteBecause()).isEqualTo("the run had not ended when this was written");
            assertThat(left.summary().records()).isEqualTo(7);
            assertThat(left.samples()).hasSizeGreaterThanOrEqualTo(10);
        }
    }

    @Test
    @SuppressWarnings("try") // The recorder works on a thread of its own.
    void replacesAnEarlierResultBeforeTheFirstRecord() throws Exception {
        Files.writeString(file(), ResultJson.text(result(20, null)));
        Files.writeString(folder.resolve("run.hlog"), "of an earlier run");
        try (RunRecorder recorder =
                RunRecorder.start(description(), () -> null, List.of(), sampler(), new RunFile(file()), EVERY)) {
            assertThat(read().complete()).isFalse();
            assertThat(read().summary().records()).isZero();
            assertThat(folder.resolve("run.hlog")).content().doesNotContain("earlier");
        }
        assertThat(RunSchema.problems(Files.readString(file()))).isEmpty();
        assertThat(read().incompleteBecause()).isEqualTo("the run ended with an error");
    }

    @Test
    void startsNothingThatCannotBeKept() throws Exception {
        Files.createDirectory(folder.resolve("run.hlog"));

        assertThatThrownBy(this::record)
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("run.hlog: cannot be written");
    }

    @Test
    void goesOnAfterASampleThatFailed() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        RunResult result;
        try (RunRecorder recorder = RunRecorder.start(
                description(),
                () -> {
                    SendResult sent = sent();
                    if (fails.getAndSet(false)) {
                        throw new UncheckedIOException(new IOException("the process has ended"));
                    }
                    return sent;
                },
                List.of(),
                sampler(),
                null,
                EVERY)) {
            untilSampled(() -> records.set(5));
            untilSampled(() -> fails.set(true));
            untilSampled(() -> records.set(20));
            result = recorder.finish(sent(), null, null);
        }

        assertThat(result.summary().problems()).containsExactly("samples missing: 1, UncheckedIOException");
    }

    @Test
    @SuppressWarnings("try") // The recorder works on a thread of its own.
    void marksARunThatAnErrorEnded() throws Exception {
        try (RunRecorder recorder = record()) {
            untilSampled(() -> records.set(3));
        }

        assertThat(read().complete()).isFalse();
        assertThat(read().incompleteBecause()).isEqualTo("the run ended with an error");
        assertThat(read().summary().records()).isEqualTo(3);
    }

    @Test
    void marksARunThatWasStopped() throws Exception {
        try (RunRecorder recorder = record()) {
            untilSampled(() -> records.set(3));
            recorder.finish(sent(), "a signal stopped the run", null);
        }

        assertThat(read().complete()).isFalse();
        assertThat(read().incompleteBecause()).isEqualTo("a signal stopped the run");
    }

    /** Linux has a device that is always full. */
    @Test
    @EnabledIf("hasFullDevice")
    void aFullDiskLeavesTheStateBefore() throws Exception {
        RunResult half = result(7, "the run had not ended when this was written");
        RunResult whole = result(20, null);
        try (RunFile file = new RunFile(file())) {
            file.keep(half);
            assertThat(file.problem()).isEmpty();

            Files.createSymbolicLink(folder.resolve("run.json.tmp"), Path.of("/dev/full"));
            file.keep(whole);
            assertThat(file.problem().orElseThrow())
                    .endsWith("run.json: cannot be written: no space left on device; it has the run until 0.7 s");
            assertThat(read()).isEqualTo(half);

            file.keep(whole);
            assertThat(file.problem()).as("there is space again").isEmpty();
            assertThat(read().complete()).isTrue();
        }
    }

    private RunResult result(long sent, @Nullable String incompleteBecause) {
        records.set(sent);
        try (RunRecorder recorder = RunRecorder.start(description(), this::sent, List.of(), sampler(), null, EVERY)) {
            return recorder.finish(sent(), incompleteBecause, null);
        }
    }

    @Test
    @EnabledIf("hasFullDevice")
    void saysThatTheIntervalLogIsBroken() throws Exception {
        Files.createSymbolicLink(folder.resolve("run.hlog"), Path.of("/dev/full"));
        RunFile file = new RunFile(file());
        try (RunRecorder recorder = RunRecorder.start(description(), this::sent, List.of(), sampler(), file, EVERY)) {
            untilSampled(() -> records.set(7));
            recorder.finish(sent(), null, null);

            assertThat(file.problem().orElseThrow()).contains("run.hlog: some seconds could not be written");
        }
        assertThat(read().complete()).isTrue();
    }

    static boolean hasFullDevice() {
        return Files.exists(Path.of("/dev/full"));
    }

    private RunRecorder record() {
        return RunRecorder.start(description(), this::sent, List.of(), sampler(), new RunFile(file()), EVERY);
    }

    private static RunDescription description() {
        return new RunDescription(
                "loadgen run",
                Map.of("seed", 1),
                Map.of("acks", "all"),
                Map.of(),
                Schedule.of(0, Duration.ofSeconds(1)));
    }

    private static SystemSampler sampler() {
        return new SystemSampler(Map.of("loadgen", ProcessHandle.current().pid()), List.of(), null);
    }

    /** Changes the counts, and waits until the recorder has asked for them. */
    private void untilSampled(Runnable change) {
        change.run();
        long asked = asks.get();
        await().until(() -> asks.get() > asked + 4);
    }

    private final AtomicLong asks = new AtomicLong();

    private SendResult sent() {
        asks.incrementAndGet();
        long sent = records.get();
        Histogram micros = new Histogram(3_600_000_000L, 3);
        for (long millis = 1; millis <= sent; millis++) {
            micros.recordValue(millis * 1_000);
        }
        return new SendResult(
                sent, 0, sent, sent, 0, 0, 0, new Histogram(3_600_000_000L, 3), micros, sent / 10.0, sent, List.of());
    }

    private Path file() {
        return folder.resolve("run.json");
    }

    private RunResult read() throws IOException {
        return ResultJson.read(Files.readString(file()), RunResult.class);
    }

    private long logged(String tag) throws IOException {
        List<Long> counts = new ArrayList<>();
        try (HistogramLogReader reader =
                new HistogramLogReader(folder.resolve("run.hlog").toFile())) {
            for (EncodableHistogram next = reader.nextIntervalHistogram();
                    next != null;
                    next = reader.nextIntervalHistogram()) {
                if (tag.equals(next.getTag())) {
                    counts.add(((Histogram) next).getTotalCount());
                }
            }
        }
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
