package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a process prints when a thread fails that nothing handles. */
class UnhandledFailureTest {

    private static final String NAME = "Baggins";
    private static final Path LANES =
            Path.of(System.getProperty("project.root", ".."), "deploy/application/src/main/resources/log4j2-lanes.xml");

    @TempDir
    private Path folder;

    @Test
    void printsTheClassAndNotTheMessage() throws Exception {
        assertThat(printedBy())
                .contains("nothing handled", "java.lang.IllegalStateException", "\"thread\":\"stream\"")
                .doesNotContain(NAME);
    }

    @Test
    void lanesInACommandLogTheClassAndNotTheMessage() throws Exception {
        Path file = folder.resolve("lanes.log");
        String stderr = printedBy("-Dlog4j2.configurationFile=" + LANES, "-Dclinical-streams.log=" + file);

        assertThat(stderr).contains("error: a failure that nothing handled").doesNotContain(NAME);
        assertThat(Files.readString(file))
                .contains("nothing handled", "java.lang.IllegalStateException", "\"thread\":\"stream\"")
                .doesNotContain(NAME);
    }

    private static String printedBy(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Failing.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed;
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
            LoggerFactory.getLogger(UnhandledFailureTest.class).error("a library failed", new IOException(NAME));
        }

        private Failing() {}
    }
}
