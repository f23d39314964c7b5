package io.clinicalstreams.loadgen.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessSamplerTest {

    @Test
    void samplesThisJvm() {
        try (ProcessSampler sampler = new ProcessSampler(ProcessHandle.current().pid())) {
            ProcessSample sample = awaitCpu(sampler);

            assertThat(sample.cpuCores()).isPositive();
            assertThat(sample.heapMib()).isPositive();
            assertThat(sample.gcPauseMillis()).isNotNull();
            assertThat(sample.inMib()).isZero();
        }
    }

    @Test
    void samplesAnotherJvmWithoutAnySetup() throws IOException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Busy.class.getName())
                .start();
        try (ProcessSampler sampler = attached(other)) {
            ProcessSample sample = awaitCpu(sampler);

            assertThat(sample.heapMib()).isPositive();
            assertThat(sample.gcPauseMillis()).isNotNull();
        } finally {
            other.destroyForcibly();
        }
    }

    /** Asking a JVM to open itself sends a signal that ends other programs. */
    @Test
    void leavesAProcessAliveThatIsNoJvm() throws Exception {
        Path sleep = Path.of("/usr/bin/sleep");
        assumeTrue(Files.isExecutable(sleep));
        Process other = new ProcessBuilder(sleep.toString(), "60").start();
        try (ProcessSampler sampler = new ProcessSampler(other.pid())) {
            ProcessSample sample = sampler.next().orElseThrow();

            assertThat(sample.heapMib()).isNull();
            assertThat(sample.outMib()).isNull();
            assertThat(other.waitFor(300, TimeUnit.MILLISECONDS))
                    .as("it has ended")
                    .isFalse();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void hasNothingOfAProcessThatEnded() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try (ProcessSampler sampler = new ProcessSampler(other.pid())) {
            other.destroyForcibly().waitFor();

            assertThat(sampler.next()).isEqualTo(Optional.empty());
        }
    }

    /** A JVM can be found a moment after it was started. */
    private static ProcessSampler attached(Process other) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            ProcessSampler sampler = new ProcessSampler(other.pid());
                            if (sampler.next().map(ProcessSample::heapMib).isEmpty()) {
                                sampler.close();
                            }
                            return sampler;
                        },
                        sampler -> sampler.next().map(ProcessSample::heapMib).isPresent());
    }

    /** CPU time is counted in hundredths of a second. */
    private static ProcessSample awaitCpu(ProcessSampler sampler) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> sampler.next().orElseThrow(), sample -> sample.cpuCores() > 0);
    }

    static final class Busy {

        private Busy() {}

        public static void main(String[] args) {
            while (Thread.currentThread().isAlive()) {
                Thread.onSpinWait();
            }
        }
    }
}
