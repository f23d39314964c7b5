package io.clinicalstreams.topics.size;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Every input's value: options win over measured results, and those over assumptions. */
record Inputs(Map<SizeInput, Given> given) {

    static final String OPTION = "option";
    static final String MEASURED = "measured, ";

    Inputs {
        given = Collections.unmodifiableMap(new EnumMap<>(given));
    }

    /**
     * @param file what the measured values are called in an answer
     * @throws IllegalArgumentException when one is missing or cannot be, with its name in front
     */
    static Inputs of(Map<SizeInput, Double> options, Map<SizeInput, Double> measured, String file) {
        Map<SizeInput, Given> given = new EnumMap<>(SizeInput.class);
        for (SizeInput input : SizeInput.values()) {
            Double option = options.get(input);
            Double result = measured.get(input);
            Given value;
            if (option != null) {
                value = new Given(option, OPTION);
            } else if (result != null) {
                value = new Given(result, MEASURED + file);
            } else if (Double.isNaN(input.assumed())) {
                throw new IllegalArgumentException("Missing required option: '--" + input.id() + "=NUMBER'");
            } else {
                value = Given.assumed(input.assumed(), input.why());
            }
            input.problemWith(value.value()).ifPresent(problem -> {
                String where = option == null && result != null ? file + ": " + input.id() : "--" + input.id();
                throw new IllegalArgumentException(where + ": " + problem);
            });
            given.put(input, value);
        }
        return new Inputs(given);
    }

    double of(SizeInput input) {
        return get(input).value();
    }

    Given get(SizeInput input) {
        Given value = given.get(input);
        if (value == null) {
            throw new IllegalStateException("no value for " + input);
        }
        return value;
    }
}
