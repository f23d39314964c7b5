package io.clinicalstreams.topics.size;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.Catalogue;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values from the options or from a file of measured results.
 *
 * @param origin its name in the answer
 * @param place before an input's name in a message
 * @param named by topic or lane
 */
record InputSource(
        String origin, String place, Map<SizeInput, Double> values, Map<NamedInput, Map<String, Double>> named) {

    /** Places in the result of {@code bench -o json}, as JSON pointers. */
    private static final Map<SizeInput, String> IN_BENCH = Map.of(
            SizeInput.RECORD_BYTES, "/input/recordBytes",
            SizeInput.LANE_RATE_BYTES, "/input/recordBytes",
            SizeInput.STATE_BYTES, "/input/stateBytesPerPut",
            SizeInput.PUTS_PER_RECORD, "/input/statePutsPerRecord",
            SizeInput.RECORDING_RATE, "/topologies/recording-lane/recordsPerSecond/median",
            SizeInput.ALERTING_RATE, "/topologies/alerting-lane/recordsPerSecond/median");

    private static final String RATE_OF_A_TOPOLOGY = "/recordsPerSecond/";

    InputSource {
        values = Map.copyOf(values);
        named = Map.copyOf(named);
    }

    static InputSource options(Map<SizeInput, Double> values, Map<NamedInput, Map<String, Double>> named) {
        return new InputSource("option", "--", values, named);
    }

    /**
     * Reads what {@code bench -o json} printed, or an object whose names are the command's options without their dashes;
     * those of single topics or lanes are objects by their names. A bench measures a lane's rate with all its threads
     * together; it is divided by the topology's {@code threads} where the result has them, and taken for one thread's, as in
     * development, where not.
     *
     * @param file its name in messages and in the answer
     * @throws IllegalArgumentException when it is neither, with the place in the file
     */
    static InputSource measured(String file, String json) {
        JsonNode root;
        try {
            root = JsonMapper.builder().build().readTree(json);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(
                    "is not JSON (line " + notJson.getLocation().getLineNr() + ')', notJson);
        }
        if (!root.isObject()) {
            throw new IllegalArgumentException("is not a JSON object");
        }
        Map<SizeInput, Double> values = new EnumMap<>(SizeInput.class);
        Map<NamedInput, Map<String, Double>> named = new EnumMap<>(NamedInput.class);
        if (root.has("topologies")) {
            readBench(root, values);
        } else {
            readNames(root, values, named);
        }
        return new InputSource("measured, " + file, file + ": ", values, named);
    }

    private static void readBench(JsonNode root, Map<SizeInput, Double> values) {
        new TreeMap<>(IN_BENCH).forEach((input, place) -> {
            JsonNode value = root.at(place);
            if (!value.isNumber()) {
                throw new IllegalArgumentException(inWords(place) + ": is not a number");
            }
            values.put(input, value.doubleValue() / threads(place, root));
        });
    }

    /** How many threads a value is the work of. */
    private static int threads(String place, JsonNode root) {
        int topology = place.indexOf(RATE_OF_A_TOPOLOGY);
        if (topology < 0) {
            return 1;
        }
        String placeOfThreads = place.substring(0, topology) + "/threads";
        JsonNode threads = root.at(placeOfThreads);
        if (!threads.isMissingNode() && (!threads.isInt() || threads.intValue() < 1)) {
            throw new IllegalArgumentException(inWords(placeOfThreads) + ": must be a whole number of threads");
        }
        return threads.asInt(1);
    }

    private static String inWords(String place) {
        return place.substring(1).replace('/', '.');
    }

    private static void readNames(
            JsonNode root, Map<SizeInput, Double> values, Map<NamedInput, Map<String, Double>> named) {
        root.properties().forEach(field -> {
            String name = field.getKey();
            Optional<SizeInput> input = SizeInput.of(name);
            Optional<NamedInput> ofNames = NamedInput.of(name);
            input.ifPresent(known -> values.put(known, number(name, field.getValue())));
            ofNames.ifPresent(known -> named.put(known, numbers(name, field.getValue())));
            if (input.isEmpty() && ofNames.isEmpty()) {
                throw new IllegalArgumentException(
                        name + ": is unknown; known are the options of topics size and the output of bench -o json");
            }
        });
    }

    private static Map<String, Double> numbers(String place, JsonNode object) {
        if (!object.isObject()) {
            throw new IllegalArgumentException(place + ": must be an object with a number for each name");
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> numbers.put(field.getKey(), number(place + '.' + field.getKey(), field.getValue())));
        return numbers;
    }

    private static double number(String place, JsonNode value) {
        if (!value.isNumber()) {
            throw new IllegalArgumentException(place + ": must be a number, without a unit");
        }
        return value.doubleValue();
    }

    /** @throws IllegalArgumentException when the value is wrong */
    Optional<Inputs.Given> get(SizeInput input) {
        Optional<Double> value = Optional.ofNullable(values.get(input));
        value.flatMap(input::problemWith).ifPresent(problem -> {
            throw new IllegalArgumentException(place + input.id() + ": " + problem);
        });
        return value.map(number -> new Inputs.Given(number, origin));
    }

    Optional<Inputs.Given> get(NamedInput input, String name) {
        return Optional.ofNullable(named.getOrDefault(input, Map.of()).get(name))
                .map(number -> new Inputs.Given(number, origin));
    }

    /** @throws IllegalArgumentException when a value is wrong, or of another name */
    void check(NamedInput input, List<String> names, Catalogue catalogue) {
        String where = place + input.id() + ": ";
        named.getOrDefault(input, Map.of()).forEach((name, value) -> {
            if (!names.contains(name)) {
                throw new IllegalArgumentException(where + "no " + input.of() + " '" + name + "' in the catalogue");
            }
            input.problemWith(value, name, catalogue).ifPresent(problem -> {
                throw new IllegalArgumentException(where + name + ' ' + problem);
            });
        });
    }
}
