package io.clinicalstreams.topics.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Wrong usage is reported as the error only, without the whole usage text. */
class OneLineUsageTest {

    private final StringWriter err = new StringWriter();

    @Command(name = "tool", subcommands = Count.class)
    private static final class Tool {}

    @Command(name = "count")
    private static final class Count implements Callable<Integer> {

        @Option(names = "--number", required = true)
        private int number;

        @Override
        public Integer call() {
            return number;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", textBlock = """
            count --number 20k | Invalid value for option '--number': '20k' is not a whole number; see 'tool count --help'
            count | Missing required option: '--number=<number>'; see 'tool count --help'
            count --number 1 --numer 2 | Unknown options: '--numer', '2'; did you mean --number?; see 'tool count --help'
            coun --number 1 | Unmatched arguments from index 0: 'coun', '--number', '1'; did you mean count?; see 'tool --help'
            """)
    void isOneLineAndExitCodeTwo(String arguments, String line) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(2);

        assertThat(err.toString().lines()).containsExactly(line);
    }

    @Test
    void showsTheChoicesIfNoneWasMade() {
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString().lines())
                .startsWith("Missing required subcommand")
                .anyMatch(line -> line.strip().startsWith("count"));
    }

    private int run(String... arguments) {
        return CommandKit.of(new CommandLine(new Tool()))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
