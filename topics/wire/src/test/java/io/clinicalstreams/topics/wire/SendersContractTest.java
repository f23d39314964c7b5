package io.clinicalstreams.topics.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The README's examples match the code. */
class SendersContractTest {

    private static final Path README = Path.of("README.md");

    private final PatientKeys keys = new PatientKeys(Set.of("https://ours.example/fhir"));

    @Test
    void eachReferenceHasTheKeyThatIsShown() throws IOException {
        for (List<String> row : table("keys")) {
            PatientReference patient = keys.ofReference(row.get(0));
            String shown = patient.key() == null
                    ? String.valueOf(patient.problem())
                    : patient.key().reference();

            assertThat(shown).as(row.get(0)).isEqualTo(row.get(1));
        }
    }

    @Test
    void eachKeyHasThePartitionsThatAreShown() throws IOException {
        for (List<String> row : table("partitions")) {
            byte[] key = row.get(0).getBytes(StandardCharsets.UTF_8);

            assertThat(Partitions.partitionFor(key, 6)).isEqualTo(Integer.parseInt(row.get(1)));
            assertThat(Partitions.partitionFor(key, 32)).isEqualTo(Integer.parseInt(row.get(2)));
        }
    }

    @Test
    void eachHeaderIsListed() throws IOException, IllegalAccessException {
        List<String> names = new ArrayList<>();
        for (Field constant : HeaderNames.class.getFields()) {
            names.add(String.valueOf(constant.get(null)));
        }

        assertThat(table("headers")).extracting(row -> row.get(0)).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void anIdentifierIsAKeyWithItsSystemOnly() {
        PatientReference both = PatientKeys.ofIdentifier("http://mrn.example", "77");

        assertThat(both.key()).isEqualTo(new PatientKey("http://mrn.example|77"));
        assertThat(PatientKeys.ofIdentifier(null, "77").problem()).isEqualTo(Reason.UNRESOLVABLE_REFERENCE);
        assertThat(PatientKeys.ofIdentifier("a", "x".repeat(PatientKey.MAX_BYTES))
                        .problem())
                .isEqualTo(Reason.INVALID_REFERENCE);
    }

    /** The cells of a table's rows, without the header row. */
    private static List<List<String>> table(String name) throws IOException {
        String text = Files.readString(README);
        String begin = "<!-- " + name + ":begin -->\n";
        String end = "<!-- " + name + ":end -->";
        assertThat(text).containsOnlyOnce(begin).containsOnlyOnce(end);
        List<List<String>> rows = text.substring(text.indexOf(begin) + begin.length(), text.indexOf(end))
                .lines()
                .skip(2)
                .map(SendersContractTest::cells)
                .toList();
        assertThat(rows).isNotEmpty();
        return rows;
    }

    private static List<String> cells(String row) {
        List<String> cells = new ArrayList<>();
        for (String cell : row.substring(1).split("(?<!\\\\)\\|", 0)) {
            cells.add(cell.trim().replace("`", "").replace("\\|", "|"));
        }
        return cells;
    }
}
