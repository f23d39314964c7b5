package io.clinicalstreams.topics.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Checks;
import io.clinicalstreams.topics.problem.Problem;
import io.clinicalstreams.topics.problem.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One strict reader for all YAML files, and for rules as JSON: every problem at once, with file, path and line. */
class YamlReaderTest {

    record Ward(
            String name,
            @Nullable Integer beds,
            @Nullable Duration longestStay,
            boolean open,
            List<Nurse> nurses,
            @JsonProperty(required = true) List<String> rooms,
            Map<String, Integer> floors,
            @JsonUnwrapped Purpose purpose) {

        Ward {
            Checks.all(
                    () -> Checks.requireAtLeast("beds", 1, beds),
                    () -> Checks.requirePositive("longest-stay", longestStay));
            floors.values().forEach(floor -> Math.multiplyExact(floor, 1 << 20));
        }
    }

    record Nurse(String id) {
        @JsonCreator
        static Nurse of(String id) {
            return new Nurse(id);
        }
    }

    sealed interface Purpose {}

    @JsonTypeName("surgery")
    record Surgery(@Nullable Integer theatres) implements Purpose {}

    @JsonTypeName("labour")
    record Labour(Integer births) implements Purpose {}

    private static final String WARD = """
            name: w
            beds: 12
            longest-stay: PT24H
            open: true
            nurses: [a, {id: b}]
            rooms: []
            floors: {first: 1}
            theatres: 2
            """;

    private final Problems problems = new Problems();

    @Test
    void aLeadingZeroMakesNoOctalNumber() {
        assertThat(read(WARD.replace("beds: 12", "beds: 012"))).isEqualTo(read(WARD));
    }

    @Test
    void readsRecordsOfARecordAndTheFieldsOfItsKind() {
        assertThat(read(WARD))
                .isEqualTo(new Ward(
                        "w",
                        12,
                        Duration.ofDays(1),
                        true,
                        List.of(new Nurse("a"), new Nurse("b")),
                        List.of(),
                        Map.of("first", 1),
                        new Surgery(2)));
        assertThat(read("{name: w, open: false, rooms: [r], kind: labour, births: 1}"))
                .isEqualTo(new Ward("w", null, null, false, List.of(), List.of("r"), Map.of(), new Labour(1)));
    }

    record Shift(
            @JsonFormat(shape = JsonFormat.Shape.SCALAR) Map<String, String> values, List<Doctor> doctors) {}

    record Doctor(String name, Integer patients) {}

    @Test
    void takesEachScalarOfAMapAsItIsWritten() {
        String text = "values: {hours: 008, isNight: true, ratio: 1.50, ward: a}";

        assertThat(new YamlReader(problems).read(new CatalogueFile("shift.yaml", text), Shift.class))
                .map(Shift::values)
                .contains(Map.of("hours", "008", "isNight", "true", "ratio", "1.50", "ward", "a"));
    }

    @Test
    void namesTheElementsOfAListAndTheEntriesOfAMap() {
        String text = "values: {hours: [1], ward: }\ndoctors: [{name: Ada, patients: many}, {patients: few}]";

        assertThat(new YamlReader(problems).read(new CatalogueFile("shift.yaml", text), Shift.class))
                .isEmpty();
        assertThat(catchThrowableOfType(CatalogueException.class, problems::refuse)
                        .problems())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(
                        "values.hours", "values.ward", "doctors.Ada.patients", "doctors.1.name", "doctors.1.patients");
    }

    @Test
    void readsYamlsOtherWordForTrue() {
        assertThat(read(WARD.replace("open: true", "open: yes")).open()).isTrue();
        assertThat(read(WARD.replace("open: true", "open: off")).open()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", textBlock = """
            beds: 12 | beds: 0 | ward.yaml: beds: must be at least 1, was 0
            beds: 12 | beds: 0x0C | ward.yaml: beds: must be a whole number, was '0x0C' (line 2)
            beds: 12 | beds: 12.5 | ward.yaml: beds: must be a whole number, was '12.5' (line 2)
            beds: 12 | beds: 3000000000 | ward.yaml: beds: must be a whole number, was '3000000000' (line 2)
            beds: 12 | beds: '12' | ward.yaml: beds: must be a whole number, was '12' (line 2)
            beds: 12 | beds: | ward.yaml: beds: is empty; must be a whole number (line 2)
            name: w | name: 7 | ward.yaml: name: must be text, was '7' (line 1)
            open: true | open: 1 | ward.yaml: open: must be true or false, was '1' (line 4)
            PT24H | PT0.0005S | ward.yaml: longest-stay: must be at least 1 ms, was PT0.0005S
            PT24H | PT2562047788015215H | ward.yaml: longest-stay: must be at most 100 years (P36500D), was PT2562047788015215H
            first: 1 | first: 4096 | ward.yaml: cannot be read: java.lang.ArithmeticException: integer overflow
            PT24H | 1d | ward.yaml: longest-stay: must be a duration such as PT24H, was '1d' (line 3)
            rooms: [] | rooms: | ward.yaml: rooms: is empty; must be a list (line 6)
            rooms: [] | rooms: {} | ward.yaml: rooms: must be a list (line 6)
            nurses: [a, | nurses: [[], | ward.yaml: nurses.0: must be names with values (line 5)
            {id: b} | {id: b, ib: c} | ward.yaml: nurses.b.ib: is unknown here; known are id
            first: 1 | first: one | ward.yaml: floors.first: must be a whole number, was 'one' (line 7)
            theatres: 2 | births: 2 | ward.yaml: births: is unknown here; known are name, beds, longest-stay, open, nurses, rooms, floors, kind, theatres
            theatres: 2 | kind: garden | ward.yaml: kind: must be one of surgery, labour, was 'garden' (line 8)
            theatres: 2 | name: v | ward.yaml: Duplicate field 'name' (line 8)
            theatres: 2 | --- | ward.yaml: has a second document (line 9)
            """)
    void refusesWhatIsNotExactlyRight(String right, String wrong, String problem) {
        assertThat(WARD).contains(right);

        assertThat(refused(WARD.replace(right, wrong)))
                .extracting(Problem::toString)
                .containsExactly(problem);
    }

    @Test
    void tellsEveryProblemOfAFileAtOnce() {
        assertThat(refused("{beds: many, open: 1, nurses: [{}], theatres: [], other: x}"))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("name", "beds", "open", "nurses.0.id", "rooms", "theatres", "other");
    }

    @Test
    void namesNoMethodOfALibrary() {
        assertThat(refused("name: " + "[".repeat(1_001) + "]".repeat(1_001)))
                .singleElement()
                .extracting(Problem::message)
                .isEqualTo("Document nesting depth (1001) exceeds the maximum allowed (1000)");
    }

    /** Also what the constructor finds, except what may only follow from another problem. */
    @ParameterizedTest
    @CsvSource({
        "beds: 0, PT0S, nurses: [a, beds longest-stay",
        "beds: many, PT0S, nurses: [a, beds longest-stay",
        "beds: 0, PT0S, nurses: [[], nurses.0"
    })
    void tellsWhatTheConstructorFinds(String beds, String stay, String nurses, String paths) {
        String written = WARD.replace("beds: 12", beds).replace("PT24H", stay).replace("nurses: [a", nurses);

        assertThat(refused(written)).extracting(Problem::path).containsExactly(paths.split(" ", -1));
    }

    @Test
    void readsJsonByItsOwnNamesAndWithoutShortForms() {
        String json = "{\"name\":\"w\",\"longestStay\":\"PT24H\",\"open\":true,\"nurses\":[%s],\"rooms\":[]}";
        YamlReader reader = YamlReader.ofJson(problems);

        assertThat(reader.read(new CatalogueFile("f", json.formatted("{\"id\":\"a\"}")), Ward.class))
                .isPresent();
        assertThat(reader.read(new CatalogueFile("f", json.formatted("\"a\"")), Ward.class))
                .isEmpty();
        assertThat(reader.read(new CatalogueFile("f", "name: w"), Ward.class)).isEmpty();
        assertThat(catchThrowableOfType(CatalogueException.class, problems::refuse))
                .hasMessageContaining("nurses.0: must be names with values, was 'a'")
                .hasMessageContaining("f: is not a JSON object");
    }

    private Ward read(String yaml) {
        return problems.orRefuse(new YamlReader(problems).read(new CatalogueFile("ward.yaml", yaml), Ward.class));
    }

    private List<Problem> refused(String yaml) {
        return catchThrowableOfType(CatalogueException.class, () -> read(yaml)).problems();
    }
}
