package io.clinicalstreams.topics.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A retention is shown in the largest unit without a fraction, and never rounded down. */
class ListCommandTest {

    @ParameterizedTest
    @CsvSource({
        "1800000, 30 min",
        "5400000, 90 min",
        "7200000, 2 h",
        "86400000, 1 day",
        "172800000, 2 days",
        "90000000, 25 h",
        "61000, 61 s",
        "61001, 61001 ms",
        "-1, forever"
    })
    void tellsARetentionAsItIs(String millis, String told, @TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.replace("profiles/fast.yaml", "value: 7200000", "value: " + millis);
        catalogue.replace("profiles/fast.yaml", "value: 3600000", "value: 1000");
        StringWriter out = new StringWriter();

        int exitCode = CommandKit.of(new CommandLine(new TopicsCommand()))
                .setOut(new PrintWriter(out, true))
                .execute("list", "--catalogue", folder.toString(), "--environment", "test");

        assertThat(exitCode).isZero();
        assertThat(out.toString().lines().skip(1)).isNotEmpty().allSatisfy(line -> assertThat(line)
                .contains("  " + told + "  "));
    }
}
