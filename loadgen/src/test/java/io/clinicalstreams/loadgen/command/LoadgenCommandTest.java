package io.clinicalstreams.loadgen.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class LoadgenCommandTest {

    private final StringWriter err = new StringWriter();
    private final CommandLine command = LoadgenCommand.commandLine()
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
                "run --command-config absent.properties",
                "replay",
                "replay --input absent"
            })
    void refusesWrongUsageWithTwo(String line) {
        assertThat(command.execute(line.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "2h, PT2H", "1d, PT24H", "PT1M30S, PT1M30S"})
    void takesDurationsAsPeopleTypeThem(String typed, Duration meant) {
        assertThat(DurationText.parse(typed)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "s", "-5s", "0s", "PT0S", "-PT1S", "soon", ""})
    void refusesWhatIsNoDuration(String typed) {
        assertThatThrownBy(() -> DurationText.parse(typed))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("is no duration above 0");
    }

    @Test
    void explainsEveryOption() {
        command.getSubcommands().values().forEach(subcommand -> assertThat(
                        subcommand.getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description()).isNotEmpty()));
    }
}
