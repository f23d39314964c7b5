package io.clinicalstreams.loadgen.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clinicalstreams.loadgen.profile.StackSamples.MethodShare;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackSamplesTest {

    private static final StackSamples SAMPLES = new StackSamples(
            Map.of("Lane.run;Reader.read", 6L, "Lane.run;Reader.read;Reader.read", 2L, "Lane.run", 2L));

    @Test
    void sharesSamplesAmongMethods() {
        assertThat(SAMPLES.count()).isEqualTo(10);
        assertThat(SAMPLES.methods())
                .containsExactly(new MethodShare("Reader.read", 0.8, 0.8), new MethodShare("Lane.run", 0.2, 1));
    }

    @Test
    void drawsAPageThatNeedsNoNetwork() throws Exception {
        ByteArrayOutputStream page = new ByteArrayOutputStream();

        SAMPLES.writeFlameGraph("The recording lane", page);

        assertThat(page.toString(StandardCharsets.UTF_8))
                .contains("The recording lane", "Reader.read")
                .doesNotContain("src=\"http", "href=\"http");
    }

    @Test
    void writesAFileNameAsText() throws Exception {
        ByteArrayOutputStream page = new ByteArrayOutputStream();

        SAMPLES.writeFlameGraph("<img src=x onerror=alert(1)>.jfr", page);

        assertThat(page.toString(StandardCharsets.UTF_8))
                .contains("&lt;img src=x")
                .doesNotContain("<img src=x");
    }

    @Test
    void readsTheThreadsThatAreAskedFor(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("two-threads.jfr");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong sink = new AtomicLong();
        Thread stream = new Thread(() -> spin(stop, sink), "recording-StreamThread-1");
        Thread other = new Thread(() -> spin(stop, sink), "producer");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.start();
            stream.start();
            other.start();
            recording.setDestination(file);
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            // Samples are few on a busy machine: more time, until there are some.
            do {
                Thread.sleep(200);
                recording.dump(file);
            } while (StackSamples.read(file, Pattern.compile("StreamThread")).count() < 3 && System.nanoTime() < end);
            stop.set(true);
            stream.join();
            other.join();
        }

        StackSamples samples = StackSamples.read(file, Pattern.compile("StreamThread"));

        assertThat(samples.count()).isGreaterThanOrEqualTo(3);
        assertThat(samples.methods())
                .filteredOn(share -> share.method().equals(StackSamplesTest.class.getName() + ".spin"))
                .singleElement()
                .satisfies(share -> assertThat(share.total()).isCloseTo(1, within(0.2)));
        assertThat(StackSamples.read(file, Pattern.compile(".*")).count()).isGreaterThan(samples.count());
        assertThat(StackSamples.read(file, Pattern.compile("nobody")).count()).isZero();
    }

    private static void spin(AtomicBoolean stop, AtomicLong sink) {
        long sum = 0;
        while (!stop.get()) {
            sum += sum * 31 + 7;
        }
        sink.addAndGet(sum);
    }
}
