package io.clinicalstreams.loadgen.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.clinicalstreams.loadgen.replay.InputRefused;
import io.clinicalstreams.loadgen.replay.ReplayAccount;
import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class LoadgenCommandTest {

    private final StringWriter err = new StringWriter();
    private final CommandLine command = CommandKit.of(new CommandLine(new LoadgenCommand()))
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --rate quick",
                "run --duration 0s",
                "run --critical 0.9",
                "run --patients 0",
                "run -o yaml",
                "run --environment nowhere",
                "run --bootstrap-server localhost:1 --threads 0",
                "run --bootstrap-server localhost:1 --producer-setting linger.ms",
                "run --bootstrap-server localhost:1 --producer-setting linger.ms=soon",
                "run --bootstrap-server localhost:1 --producer-setting acks=1 --producer-setting enable.idempotence=true",
                "run --bootstrap-server localhost:1 --producer-setting bootstrap.servers=localhost:2",
                "run --warm-up 0s",
                "run --bootstrap-server localhost:1 --scenario nowhere",
                "run --bootstrap-server localhost:1 --scenario absent.yaml",
                "run --bootstrap-server localhost:1 --scenario bulk-load --critical 0.1",
                "run --bootstrap-server localhost:1 --scenario silence --patients 5",
                "run --bootstrap-server localhost:1 --records -1",
                "run --bootstrap-server localhost:1 --start +999999999-12-31T23:59:59Z",
                "run --bootstrap-server localhost:1 --command-config absent.properties",
                "run --bootstrap-server localhost:1 --result nowhere/run.json",
                "run --bootstrap-server localhost:1 --result .",
                "run --bootstrap-server localhost:1 --process broker=soon",
                "run --bootstrap-server localhost:1 --process broker=99999999",
                "run --bootstrap-server localhost:1 --process loadgen=1",
                "profile absent.jfr --top=-1",
                "replay",
                "replay --bootstrap-server localhost:1 --input absent"
            })
    void refusesWrongUsageWithTwo(String line) {
        assertThat(command.execute(line.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void namesTheOptionWithTheWrongRate() {
        assertThat(command.execute("capacity", "--bootstrap-server", "localhost:1", "--from", "1e13", "--most", "1e14"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("--from: ");
    }

    @Test
    void saysThatTopIsWrongBeforeItReads() {
        assertThat(command.execute("profile", "absent.jfr", "--top", "-1")).isEqualTo(2);
        assertThat(err.toString()).contains("--top: must be at least 1, was -1");
    }

    @Test
    void namesTheProducerSettingThatWasMeant() {
        assertThat(command.execute("run", "--bootstrap-server", "localhost:1", "--producer-setting", "linger=5"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("--producer-setting: a producer has no linger; did you mean linger.ms?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "replay --input ."})
    void failsInOneLineWithoutACluster(String line) {
        assertThat(command.execute(line.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString().lines().filter(each -> each.contains("--bootstrap-server")))
                .first()
                .asString()
                .startsWith("Missing required option: '--bootstrap-server=HOST:PORT'; see 'loadgen ");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new InputRefused("input: no such file or folder: absent"), 2),
                Arguments.of(new IOException("input: cannot read a.gz: the gzip file is truncated"), 1));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void explainsAFailureInOneLine(Exception failure, int exitCode) throws Exception {
        assertThat(command.getExecutionExceptionHandler()
                        .handleExecutionException(failure, command, command.parseArgs()))
                .isEqualTo(exitCode);
        assertThat(err.toString().lines()).containsExactly(failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " -o json", " --output table"})
    void readsItsOutputFormatWithoutTheRootCommand(String option) {
        CommandLine root = anyRoot();

        assertThatCode(() -> root.parseArgs(("loadgen run" + option).split(" ", -1)))
                .doesNotThrowAnyException();
        assertThatCode(() -> root.parseArgs(("loadgen replay --input ." + option).split(" ", -1)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rate=-1", "--rate=NaN", "--rate=Infinity", "--rate=1e13", "--critical=0.9"})
    void refusesWrongNumbersWithoutTheRootCommand(String option) {
        CommandLine root = anyRoot().setErr(new PrintWriter(err, true));

        assertThat(root.execute("loadgen", "run", "--bootstrap-server=localhost:1", option))
                .isEqualTo(2);
        assertThat(err.toString()).containsPattern("must be from 0 to|--rate: must be 0");
    }

    /** It lacks the settings of our own root commands. */
    private static CommandLine anyRoot() {
        return new CommandLine(CommandSpec.create()).addSubcommand(new LoadgenCommand());
    }

    @Test
    void itsHelpExplainsHowToRepeatTheSameBytes() {
        String help = command.getSubcommands().get("run").getUsageMessage(CommandLine.Help.Ansi.OFF);

        assertThat(help.replaceAll("\\s+", " "))
                .contains(
                        "the same seed, scenario and start give the same bytes, at any --rate and number of threads.");
    }

    @Test
    void reportsWhatAReplayDidNotRead() {
        assertThat(ReplayCommand.line(new ReplayAccount(3, 20, 1, 0, 0, 2)))
                .contains("read 20 documents, 1 unreadable, 2 sent unchanged")
                .contains("skipped 3 files");
    }

    @Test
    void explainsEveryOption() {
        command.getSubcommands().values().forEach(subcommand -> assertThat(
                        subcommand.getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description()).isNotEmpty()));
    }
}
