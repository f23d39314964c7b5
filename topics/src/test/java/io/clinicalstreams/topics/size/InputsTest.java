package io.clinicalstreams.topics.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.size.Inputs.Given;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sources of the numbers behind a size. */
class InputsTest {

    private static final Catalogue CATALOGUE = CatalogueLoader.load("production");

    private static final String BENCH = """
            {"input": {"records": 400000, "recordBytes": 870.5, "partitions": 6, "alerts": 4000,
                       "stateBytesPerPut": 310, "statePutsPerRecord": 0.95},
             "repeats": 3,
             "topologies": {
               "pass-through": {"recordsPerSecond": {"median": 100000.0, "min": 1, "max": 2}},
               "recording-lane": {"recordsPerSecond": {"median": 61000.0, "min": 1, "max": 2}},
               "alerting-lane": {"recordsPerSecond": {"median": 44000.0, "min": 1, "max": 2}}}}
            """;

    @Test
    void areMeasuredByTheBench() {
        assertThat(measured(BENCH).values())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        SizeInput.RECORD_BYTES, ofAll(870.5),
                        SizeInput.LANE_RATE_BYTES, ofAll(870.5),
                        SizeInput.PUT_BYTES, ofAll(310),
                        SizeInput.PUTS_PER_RECORD, ofAll(0.95),
                        SizeInput.LANE_RATE, Map.of("recording", 61_000.0, "alerting", 44_000.0)));
    }

    @Test
    void areMeasuredOnlyForLanesOfTheCatalogue(@TempDir Path folder) throws IOException {
        Catalogue small = SmallCatalogue.in(folder).load();

        InputSource measured = InputSource.measured("my.json", BENCH, small);

        assertThat(measured.values())
                .containsEntry(SizeInput.RECORD_BYTES, ofAll(870.5))
                .containsEntry(SizeInput.LANE_RATE, Map.of());
        assertThatCode(() -> measured.check(small)).doesNotThrowAnyException();
    }

    @Test
    void areDividedAmongTheThreadsThatTheBenchHad() {
        String withThreads = BENCH.replace("\"recording-lane\": {", "\"recording-lane\": {\"threads\": 4, ");

        assertThat(measured(withThreads).values())
                .containsEntry(SizeInput.LANE_RATE, Map.of("recording", 15_250.0, "alerting", 44_000.0));
    }

    @Test
    void areRefusedWithoutAThreadThatDidTheWork() {
        String withoutThreads = BENCH.replace("\"alerting-lane\": {", "\"alerting-lane\": {\"threads\": 0, ");

        assertThatThrownBy(() -> measured(withoutThreads))
                .hasMessage("topologies.alerting-lane.threads: must be a whole number of threads");
    }

    @Test
    void canBeMeasuredUnderTheNamesOfTheOptions() {
        assertThat(measured("{\"restore-rate\": 35, \"rate\": 500}").values())
                .isEqualTo(Map.of(SizeInput.RESTORE_RATE, ofAll(35), SizeInput.RATE, ofAll(500)));
    }

    @Test
    void areMeasuredOfSingleTopicsAndLanesByTheirNames() {
        assertThat(measured("{\"share\": {\"orders\": 0.5}, \"lane-rate\": {\"billing\": 900}}")
                        .values())
                .isEqualTo(
                        Map.of(SizeInput.SHARE, Map.of("orders", 0.5), SizeInput.LANE_RATE, Map.of("billing", 900.0)));
    }

    @Test
    void areTakenFromOptionsBeforeResultsBeforeAssumptions() {
        Inputs inputs = inputs(
                options(Map.of(SizeInput.RATE, 10.0, SizeInput.GROWTH, 2.0)),
                measured("{\"growth\": 3, \"compressed\": 0.2}"));

        assertThat(inputs.given())
                .containsEntry(SizeInput.GROWTH, Map.of("", new Given(2, "option")))
                .containsEntry(SizeInput.COMPRESSED, Map.of("", new Given(0.2, "measured, my.json")));
        assertThat(inputs.get(SizeInput.DISK, SizeInput.OF_ALL).origin()).startsWith("assumed: ");
        assertThat(inputs.given()).containsOnlyKeys(SizeInput.values());
    }

    @Test
    void haveNoAssumptionForTheLoad() {
        assertThatThrownBy(() -> inputs(options(Map.of()))).hasMessage("Missing required option: '--rate=NUMBER'");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", textBlock = """
            RATE | 0 | --rate: must be positive, was 0.0
            RATE | -1 | --rate: must be positive, was -1.0
            RATE | NaN | --rate: must be positive, was NaN
            DISK | Infinity | --disk: must be positive, was Infinity
            HEADROOM | 1 | --headroom: is a share and must be below 1, was 1.0
            COMPRESSED | 1.1 | --compressed: is a share and must be at most 1, was 1.1
            READERS | -1 | --readers: must be at least 0, was -1.0
            """)
    void areRefusedWhereTheyCannotBe(SizeInput input, double value, String message) {
        Map<SizeInput, Double> options =
                input == SizeInput.RATE ? Map.of(input, value) : Map.of(SizeInput.RATE, 1.0, input, value);

        assertThatThrownBy(() -> inputs(options(options))).hasMessage(message);
    }

    @Test
    void areRefusedWithTheFileThatHasThem() {
        assertThatThrownBy(() -> inputs(options(Map.of(SizeInput.RATE, 1.0)), measured("{\"compressed\": 7}")))
                .hasMessage("my.json: compressed: is a share and must be at most 1, was 7.0");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", textBlock = """
            { | is not JSON (line 1)
            [] | is not a JSON object
            {"rat": 1} | rat: is unknown; known are the options of topics size and the output of bench -o json
            {"rate": "10k"} | rate: must be a number, without a unit
            {"share": 0.5} | share: must be an object with a number for each name
            {"keys": {"orders": "1k"}} | keys.orders: must be a number, without a unit
            {"topologies": {}} | input.recordBytes: is not a number
            """)
    void areRefusedWhereAFileIsNoResult(String json, String message) {
        assertThatThrownBy(() -> measured(json)).hasMessage(message);
    }

    private static Inputs inputs(InputSource... sources) {
        return Inputs.of(CATALOGUE, List.of(sources));
    }

    private static InputSource options(Map<SizeInput, Double> values) {
        Map<SizeInput, Map<String, Double>> options = new EnumMap<>(SizeInput.class);
        values.forEach((input, value) -> options.put(input, ofAll(value)));
        return InputSource.options(options);
    }

    private static Map<String, Double> ofAll(double value) {
        return Map.of(SizeInput.OF_ALL, value);
    }

    private static InputSource measured(String json) {
        return InputSource.measured("my.json", json, CATALOGUE);
    }
}
