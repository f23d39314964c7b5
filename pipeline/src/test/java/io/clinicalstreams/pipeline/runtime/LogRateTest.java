package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process writes with the configurations of the service and of lanes in a command. */
class LogRateTest {

    /** As many as there were while a broker was away for twelve minutes. */
    private static final int WARNINGS = 33_000;

    private static final String CLIENT = "org.apache.kafka.clients.NetworkClient";
    private static final Path LANES =
            Path.of(System.getProperty("project.root", ".."), "deploy/application/src/main/resources/log4j2-lanes.xml");

    private static final Pattern LEFT_OUT = Pattern.compile("left out (\\d+) WARN lines of waves");

    @TempDir
    private Path folder;

    @Test
    void theServiceTellsHowManyLinesItLeftOut() throws Exception {
        List<String> lines = run(Flood.class);

        assertBounded(lines);
    }

    @Test
    void lanesInACommandTellOnceHowManyLinesTheyLeftOut() throws Exception {
        Path file = folder.resolve("lanes.log");
        List<String> stderr = run(Flood.class, "-Dlog4j2.configurationFile=" + LANES, "-Dclinical-streams.log=" + file);

        assertBounded(Files.readAllLines(file));
        assertThat(stderr).containsExactly("error: a lane stops");
    }

    @Test
    void everyLineIsWrittenOrCountedAsTimeGoesBy() throws Exception {
        List<String> lines = run(Waves.class);

        long written = lines.stream().filter(line -> line.contains("a wave")).count();
        List<Integer> leftOut = lines.stream()
                .map(LEFT_OUT::matcher)
                .filter(Matcher::find)
                .map(line -> Integer.parseInt(line.group(1)))
                .toList();
        assertThat(leftOut).hasSizeGreaterThan(2);
        assertThat(written + leftOut.stream().mapToInt(Integer::intValue).sum()).isEqualTo(Waves.ALL);
        assertThat(lines).filteredOn(line -> line.contains("afterwards")).hasSize(5);
    }

    @Test
    void manyLinesWithOneReasonDoNotHideAnother() throws Exception {
        List<String> lines = run(Reasons.class);

        assertThat(lines).filteredOn(line -> line.contains("rejected")).hasSize(21);
        assertThat(lines).filteredOn(line -> line.contains("UNEXPECTED")).hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.contains("left out"))
                .singleElement()
                .asString()
                .contains("left out 80 WARN lines of reasons with reason TOO_LARGE");
    }

    private static void assertBounded(List<String> lines) {
        assertThat(lines).filteredOn(line -> line.contains("not be available")).hasSize(20);
        assertThat(lines).filteredOn(line -> line.contains("a lane stops")).hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.contains("left out"))
                .singleElement()
                .asString()
                .contains("\"WARN\"", "left out " + (WARNINGS - 20) + " WARN lines of " + CLIENT);
        assertThat(lines).hasSize(22);
    }

    private List<String> run(Class<?> program, String... options) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.add(program.getName());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    /** A process whose broker is away. */
    static final class Flood {

        public static void main(String[] arguments) {
            LogRate rate = LogRate.ofThisProcess();
            Logger client = LoggerFactory.getLogger(CLIENT);
            for (int i = 0; i < WARNINGS; i++) {
                client.warn("Connection to node 1 could not be established. Node may not be available.");
            }
            LoggerFactory.getLogger(PipelineService.class).error("a lane stops");
            rate.close();
        }

        private Flood() {}
    }

    /** A process that rejects much for one reason, and one for another. */
    static final class Reasons {

        public static void main(String[] arguments) {
            LogRate rate = LogRate.ofThisProcess();
            Logger reasons = LoggerFactory.getLogger("reasons");
            for (int i = 0; i < 100; i++) {
                reasons.atWarn().addKeyValue("reason", "TOO_LARGE").log("rejected");
            }
            reasons.atWarn().addKeyValue("reason", "UNEXPECTED").log("rejected");
            rate.close();
        }

        private Reasons() {}
    }

    /** A process that logs for about a second; afterwards without a bound. */
    static final class Waves {

        static final int ALL = 2_000;

        public static void main(String[] arguments) {
            Logger waves = LoggerFactory.getLogger("waves");
            LoggerContext log = LoggerContext.getContext(false);
            LogRate rate = new LogRate(2, Duration.ofMillis(50), log.getConfiguration());
            for (int i = 0; i < ALL; i++) {
                waves.warn("a wave");
                LockSupport.parkNanos(500_000);
            }
            rate.close();
            for (int i = 0; i < 5; i++) {
                waves.warn("afterwards");
            }
        }

        private Waves() {}
    }
}
