package io.clinicalstreams.topics.size;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measured values, read from a file: either what {@code bench -o json} printed, or an object whose names are this command's
 * options without their dashes; what is said of single topics or lanes is an object by their names. A bench measures a
 * lane's rate with all its threads together; it is divided by the topology's {@code threads} where the result says them,
 * and taken for one thread's, as in development, where not.
 *
 * @param named by topic or lane
 */
record MeasuredResults(Map<SizeInput, Double> inputs, Map<NamedInput, Map<String, Double>> named) {

    static final MeasuredResults NONE = new MeasuredResults(Map.of(), Map.of());

    private static final String RATE_OF_A_TOPOLOGY = "/recordsPerSecond/";

    MeasuredResults {
        inputs = Map.copyOf(inputs);
        named = Map.copyOf(named);
    }

    /** @throws IllegalArgumentException when it is neither, with the place in it */
    static MeasuredResults read(String json) {
        JsonNode root;
        try {
            root = JsonMapper.builder().build().readTree(json);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(
                    "is not JSON (line " + notJson.getLocation().getLineNr() + ')', notJson);
        }
        if (!root.isObject()) {
            throw new IllegalArgumentException("is no JSON object");
        }
        return root.has("topologies") ? new MeasuredResults(ofBench(root), Map.of()) : ofNames(root);
    }

    private static Map<SizeInput, Double> ofBench(JsonNode root) {
        Map<SizeInput, Double> values = new EnumMap<>(SizeInput.class);
        for (SizeInput input : SizeInput.values()) {
            if (!input.inBench().isEmpty()) {
                JsonNode value = root.at(input.inBench());
                if (!value.isNumber()) {
                    throw new IllegalArgumentException(inWords(input.inBench()) + ": no number there");
                }
                values.put(input, value.doubleValue() / threads(input, root));
            }
        }
        return values;
    }

    /** How many threads a value is the work of. */
    private static int threads(SizeInput input, JsonNode root) {
        int topology = input.inBench().indexOf(RATE_OF_A_TOPOLOGY);
        if (topology < 0) {
            return 1;
        }
        String place = input.inBench().substring(0, topology) + "/threads";
        JsonNode threads = root.at(place);
        if (!threads.isMissingNode() && (!threads.isInt() || threads.intValue() < 1)) {
            throw new IllegalArgumentException(inWords(place) + ": must be a whole number of threads");
        }
        return threads.asInt(1);
    }

    private static String inWords(String place) {
        return place.substring(1).replace('/', '.');
    }

    private static MeasuredResults ofNames(JsonNode root) {
        Map<SizeInput, Double> inputs = new EnumMap<>(SizeInput.class);
        Map<NamedInput, Map<String, Double>> named = new EnumMap<>(NamedInput.class);
        root.properties().forEach(field -> {
            String name = field.getKey();
            SizeInput.of(name).ifPresent(input -> inputs.put(input, number(name, field.getValue())));
            NamedInput.of(name).ifPresent(input -> named.put(input, numbers(name, field.getValue())));
            if (SizeInput.of(name).isEmpty() && NamedInput.of(name).isEmpty()) {
                throw new IllegalArgumentException(name
                        + ": is not known here; known are the options of topics size, and what bench -o json prints");
            }
        });
        return new MeasuredResults(inputs, named);
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
}
