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
    @CsvSource(delimiterString = " | ", quoteCharacter = '"', textBlock = """
            topics size --rate 20k | --rate
            topics render --topic clinical.thing.unknown | --topic: no topic 'clinical.thing.unknown'
            bench --records 0 | --records: must be positive, was 0
            pipeline run --lane | --lane
            pipeline run --http-port x | 'x' is not a whole number
            loadgen run --rate abc --bootstrap-server a:1 | 'abc' is not a number
            loadgen run --seed abc --bootstrap-server a:1 | 'abc' is not a whole number
            loadgen run --start 2026-01-31 --bootstrap-server a:1 | '2026-01-31' is not a time such as 2026-01-31T08:00:00Z
            evaluate | --input
            alerts backtest --input x | --rules
            alerts explain | ALERT_ID
            alerts tail --max 0 --bootstrap-server a:1 | --max: must be at least 1, was 0
            demo --rate Infinity | --rate: must be 0 (as fast as possible) or more, at most 1,000,000,000,000, was Infinity
            topics size --days x | Value for option '--days'
            topics size --days T=x | 'x' is not a number
            topics size --rate 1e12 | needs 53,571,429, more than the supported 10,000,000
            topics export --format x | expected one of strimzi, kafka-topics, markdown, prometheus, grafana but was 'x'
            topics export --format grafana | --format grafana has several files: give --directory
            topics list -o x | expected one of table, json but was 'x'
            verify --from-beginning --confirmed -1 --bootstrap-server a:1 | --confirmed: must not be negative, was -1
            verify | one of --from-mark, --from-offsets and --from-beginning is required
            verify --from-beginning --from-mark x | --from-beginning
            """)
    void isOneLineThatSaysWhereHelpIs(String arguments, String wrong) {
        int exitCode =
                ClinicalStreams.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.split(" ", -1));

        assertThat(exitCode).isEqualTo(2);
        String command = arguments.replaceFirst(" --?[a-z].*", "");
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains(wrong)
                .endsWith("; see 'clinical-streams " + command + " --help'");
    }
}
