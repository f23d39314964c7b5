package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a process prints when a thread fails that nothing handles. */
class UnhandledFailureTest {

    private static final String NAME = "Baggins";

    @Test
    void printsTheClassAndNotTheMessage() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Failing.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(printed)
                .contains("nothing handled", "java.lang.IllegalStateException", "\"thread\":\"stream\"")
                .doesNotContain(NAME);
    }

    /** A process whose thread fails as Kafka's do, with a record in the message of the outer exception. */
    static final class Failing {

        public static void main(String[] arguments) throws InterruptedException {
            ThreadFailures.ofAllThreads();
            Thread thread = new Thread(
                    () -> {
                        throw new IllegalArgumentException("value " + NAME, new IllegalStateException(NAME));
                    },
                    "stream");
            thread.start();
            thread.join();
        }

        private Failing() {}
    }
}
