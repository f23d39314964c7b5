package io.clinicalstreams.topics.size;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.Catalogue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Inputs from the options or from a file of measured results.
 *
 * @param origin its name in the output
 * @param place prefix of an input's name in a message
 * @param values by topic or lane; {@link SizeInput#OF_ALL} for an input of neither
 */
record InputSource(String origin, String place, Map<SizeInput, Map<String, Double>> values) {

    /** Places in the result of {@code bench -o json}, as JSON pointers. */
    private static final Map<SizeInput, String> IN_BENCH = new EnumMap<>(Map.of(
            SizeInput.RECORD_BYTES, "/input/recordBytes",
            SizeInput.LANE_RATE_BYTES, "/input/recordBytes",
            SizeInput.PUT_BYTES, "/input/stateBytesPerPut",
            SizeInput.PUTS_PER_RECORD, "/input/statePutsPerRecord"));

    private static final List<String> LANES_IN_BENCH = List.of("recording", "alerting");

    InputSource {
        values = Collections.unmodifiableMap(values);
    }

    static InputSource options(Map<SizeInput, Map<String, Double>> values) {
        return new InputSource("option", "--", values);
    }

    /**
     * Reads the output of {@code bench -o json}, or an object with the command's option names without dashes; inputs of
     * single topics or lanes are objects by their names. A bench measures a lane's rate with all its threads; it is
     * divided by the topology's {@code threads}, or counts as one thread's, as in development, if the result has none.
     * Rates of lanes that the catalogue does not have are left out.
     *
     * @param file its name in messages and in the output
     * @throws IllegalArgumentException if it is neither; the message has the place in the file
     */
    static InputSource measured(String file, String json, Catalogue catalogue) {
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
        return new InputSource(
                "measured, " + file,
                file + ": ",
                root.has("topologies") ? readBench(root, catalogue) : readNames(root));
    }

    private static Map<SizeInput, Map<String, Double>> readBench(JsonNode root, Catalogue catalogue) {
        Map<SizeInput, Map<String, Double>> values = new EnumMap<>(SizeInput.class);
        IN_BENCH.forEach((input, place) -> values.put(input, Map.of(SizeInput.OF_ALL, at(place, root))));
        Map<String, Double> rates = new LinkedHashMap<>();
        List<String> lanes = new ArrayList<>(LANES_IN_BENCH);
        lanes.retainAll(SizeInput.Scope.LANE.names(catalogue));
        for (String lane : lanes) {
            String topology = "/topologies/" + lane + "-lane";
            rates.put(lane, at(topology + "/recordsPerSecond/median", root) / threads(topology + "/threads", root));
        }
        values.put(SizeInput.LANE_RATE, rates);
        return values;
    }

    private static double at(String place, JsonNode root) {
        if (!root.at(place).isNumber()) {
            throw new IllegalArgumentException(inWords(place) + ": is not a number");
        }
        return root.at(place).doubleValue();
    }

    /** The number of threads behind a rate. */
    private static int threads(String place, JsonNode root) {
        JsonNode threads = root.at(place);
        if (!threads.isMissingNode() && (!threads.isInt() || threads.intValue() < 1)) {
            throw new IllegalArgumentException(inWords(place) + ": must be a whole number of threads");
        }
        return threads.asInt(1);
    }

    private static String inWords(String place) {
        return place.substring(1).replace('/', '.');
    }

    private static Map<SizeInput, Map<String, Double>> readNames(JsonNode root) {
        Map<SizeInput, Map<String, Double>> values = new EnumMap<>(SizeInput.class);
        root.properties().forEach(field -> {
            String name = field.getKey();
            SizeInput input = SizeInput.of(name)
                    .orElseThrow(() -> new IllegalArgumentException(name
                            + ": is unknown; known are the options of topics size and the output of bench -o json"));
            values.put(
                    input,
                    input.scope() == SizeInput.Scope.ALL
                            ? Map.of(SizeInput.OF_ALL, number(name, field.getValue()))
                            : numbers(name, field.getValue()));
        });
        return values;
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

    Optional<Inputs.Given> get(SizeInput input, String name) {
        return Optional.ofNullable(values.getOrDefault(input, Map.of()).get(name))
                .map(number -> new Inputs.Given(number, origin));
    }

    /** @throws IllegalArgumentException if a value is wrong, or its topic or lane is unknown */
    void check(Catalogue catalogue) {
        values.forEach((input, byName) -> byName.forEach((name, value) -> {
            String where = place + input.id() + ": ";
            if (!input.scope().names(catalogue).contains(name)) {
                throw new IllegalArgumentException(where + "no " + input.scope() + " '" + name + "' in the catalogue");
            }
            input.problemWith(value, name, catalogue).ifPresent(problem -> {
                throw new IllegalArgumentException(where + (name + ' ' + problem).strip());
            });
        }));
    }
}
