package io.clinicalstreams.application.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The README's tables have every fault, and promise what the tests demand. */
class FaultTableTest {

    private static final Pattern TEST = Pattern.compile("^\\| `(\\w+Test)` \\|", Pattern.MULTILINE);
    private static final int FAULTS_IN_ALL = 30;
    private static final int FAULTS_IN_VERIFY = 14;

    private final List<String> lines = FaultTable.IN_README.lines();

    @Test
    void hasARowForEveryFaultInItsOrder() {
        List<String> table = lines.subList(lines.indexOf(FaultTable.BEGIN) + 1, lines.indexOf(FaultTable.END));

        assertThat(table.subList(2, table.size()))
                .hasSize(Fault.values().length)
                .allSatisfy(row -> assertThat(Stream.of(Fault.values()).map(FaultTable::row))
                        .anySatisfy(fault -> assertThat(row).startsWith(fault)));
    }

    @Test
    void namesEveryOtherTestWithTheTag() throws IOException {
        Path folder = Path.of(
                System.getProperty("project.root", "../.."),
                "deploy/application/src/test/java/io/clinicalstreams/application");
        try (Stream<Path> files = Files.list(folder)) {
            List<String> tagged = files.filter(file -> file.toString().endsWith("Test.java"))
                    .filter(FaultTableTest::isTagged)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();

            assertThat(tests()).containsExactlyInAnyOrderElementsOf(tagged);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRecoveryIsMeasuredAndNotLongerThanPromised(Fault fault) {
        assertThat(Recoveries.parse(FaultTable.IN_README.measured(fault)))
                .as("promised: %s", fault.within())
                .hasValueSatisfying(measured -> assertThat(measured).matches(fault.within()::holds));
    }

    @Test
    void hasEnough() {
        long inVerify = Stream.of(Fault.values())
                .filter(fault -> fault.runs().inVerify() > 0)
                .count();

        assertThat(inVerify + tests().size()).isGreaterThanOrEqualTo(FAULTS_IN_VERIFY);
        assertThat(Fault.values().length + tests().size()).isGreaterThanOrEqualTo(FAULTS_IN_ALL);
    }

    private List<String> tests() {
        return TEST.matcher(String.join("\n", lines))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
    }

    private static boolean isTagged(Path file) {
        try {
            return Files.readString(file).contains("@Tag(\"fault\")");
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
