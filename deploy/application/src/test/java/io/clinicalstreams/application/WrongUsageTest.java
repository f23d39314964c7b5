package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every command reports wrong usage in one line. */
class WrongUsageTest {

    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", textBlock = """
            topics size --rate 20k | --rate
            topics render --topic clinical.thing.unknown | --topic: no topic 'clinical.thing.unknown'
            bench --records 0 | --records: must be positive, was 0
            pipeline run --lane | --lane
            verify | one of --from-mark, --from-offsets and --from-beginning is required
            verify --from-beginning --from-mark x | --from-beginning
            """)
    void isOneLineThatSaysWhereHelpIs(String arguments, String wrong) {
        int exitCode =
                ClinicalStreams.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.split(" ", -1));

        assertThat(exitCode).isEqualTo(2);
        String command = arguments.replaceFirst(" --.*", "");
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains(wrong)
                .endsWith("; see 'clinical-streams " + command + " --help'");
    }
}
