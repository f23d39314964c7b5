package io.clinicalstreams.topics.size;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads measured values: either what {@code bench -o json} printed, or an object whose names are this command's options
 * without their dashes. A bench measures a lane's rate with all its threads together; it is divided by the topology's
 * {@code threads} where the result says them, and taken for one thread's, as in development, where not.
 */
final class MeasuredResults {

    private static final String RATE_OF_A_TOPOLOGY = "/recordsPerSecond/";

    private MeasuredResults() {}

    /** @throws IllegalArgumentException when it is neither, with the place in it */
    static Map<SizeInput, Double> read(String json) {
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
        return root.has("topologies") ? ofBench(root) : ofNames(root);
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

    private static Map<SizeInput, Double> ofNames(JsonNode root) {
        Map<SizeInput, Double> values = new EnumMap<>(SizeInput.class);
        root.properties().forEach(field -> {
            Optional<SizeInput> input = SizeInput.of(field.getKey());
            if (input.isEmpty()) {
                throw new IllegalArgumentException(field.getKey()
                        + ": is not known here; known are the options of topics size, and what bench -o json prints");
            }
            if (!field.getValue().isNumber()) {
                throw new IllegalArgumentException(field.getKey() + ": must be a number, without a unit");
            }
            values.put(input.get(), field.getValue().doubleValue());
        });
        return values;
    }
}
