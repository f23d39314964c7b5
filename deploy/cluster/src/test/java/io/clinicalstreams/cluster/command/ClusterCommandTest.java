package io.clinicalstreams.cluster.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("broker")
class ClusterCommandTest {

    private final Path directory;

    ClusterCommandTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void leaveNothingRunning() {
        run("stop", "--grace", "0");
    }

    @Test
    void brokersOutliveTheCommandUntilTheyAreStoppedAndStartAgain() throws Exception {
        Answer started = inAnotherJvm("start");
        Answer status = run("status", "-o", "json");

        assertThat(started.exitCode).isZero();
        assertThat(started.out).matches("127\\.0\\.0\\.1:\\d+\\n");
        assertThat(status.exitCode).isZero();
        assertThat(status.out)
                .matches("\\[ \\{\\s+\"id\" : 0,\\s+\"pid\" : \\d+,\\s+\"port\" : "
                        + started.out.strip().substring(10)
                        + ",\\s+\"alive\" : true,\\s+\"answering\" : true\\s+} ]\\n");

        Answer second = run("start");
        assertThat(second.exitCode).isEqualTo(2);
        assertThat(second.err).contains("is in use by a running cluster on " + started.out.strip());

        assertThat(run("stop").err).isEqualTo("stopped 1 broker\n");
        assertThat(run("stop").err).startsWith("no broker is running in ");
        Answer stopped = run("status");
        assertThat(stopped.exitCode).isEqualTo(1);
        assertThat(stopped.out).matches("(?s)BROKER +PID +PORT +ALIVE +ANSWERING\\n0 +- +\\d+ +no +no\\n");

        Answer again = run("start");
        assertThat(again.exitCode).isZero();
        assertThat(again.out).isEqualTo(started.out);
        assertThat(run("status").exitCode).isZero();
        assertThat(run("stop").exitCode).isZero();
    }

    @Test
    void aLiveBrokerIsNotCalledDeadBecauseAnotherIs() {
        assertThat(run("start", "--brokers", "2").exitCode).isZero();
        String[] first = run("status").out.lines().toList().get(1).split(" +", -1);
        ProcessHandle broker = ProcessHandle.of(Long.parseLong(first[1])).orElseThrow();
        broker.destroyForcibly();
        broker.onExit().join();

        Answer status = run("status");

        assertThat(status.exitCode).isEqualTo(1);
        assertThat(status.out)
                .matches("(?s)BROKER +PID +PORT +ALIVE +ANSWERING\\n0 +- +\\d+ +no +no\\n1 +\\d+ +\\d+ +yes +yes\\n");
        assertThat(run("stop").exitCode).isZero();
    }

    @Test
    void aBrokerThatCannotStartIsSaidWithTheFileThatHasTheReason() {
        Answer tooLarge = run("start", "--heap", "99999999");

        assertThat(tooLarge.exitCode).isEqualTo(1);
        assertThat(tooLarge.err)
                .contains(" ended; see ")
                .contains("console.log")
                .contains("heap");
    }

    @Test
    void aFolderWithoutAClusterIsSaid() {
        assertThat(run("status").exitCode).isEqualTo(1);
        assertThat(run("status", "-o", "json").out).isEqualTo("[ ]\n");
        assertThat(run("stop").exitCode).isEqualTo(2);
        assertThat(run("stop").err).isEqualTo("no cluster in " + directory + "\n");
    }

    @Test
    void wrongUsageIsExitCodeTwo() {
        assertThat(run("start", "--brokers", "0").exitCode).isEqualTo(2);
        assertThat(run("start", "--setting", "no.such.setting=1").err)
                .isEqualTo("setting no.such.setting: Kafka has no such broker setting\n");
        assertThat(run("start", "--what").exitCode).isEqualTo(2);
    }

    private Answer run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = CommandKit.of(new CommandLine(new ClusterCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(inDirectory(arguments));
        return new Answer(exitCode, out.toString(), err.toString());
    }

    private Answer inAnotherJvm(String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(System.getProperty("java.home") + "/bin/java", ClusterProgram.class.getName()),
                        Stream.of(inDirectory(arguments)))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), out, "");
    }

    private String[] inDirectory(String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--directory", directory.toString()))
                .toArray(String[]::new);
    }

    private record Answer(int exitCode, String out, String err) {}
}
