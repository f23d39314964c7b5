package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is said of each topic and lane of a catalogue: options win over measured results, and those over assumptions.
 *
 * @param given by logical name
 */
record NamedInputs(Map<NamedInput, Map<String, Given>> given) {

    NamedInputs {
        Map<NamedInput, Map<String, Given>> copy = new EnumMap<>(NamedInput.class);
        given.forEach((input, byName) -> copy.put(input, Collections.unmodifiableMap(new LinkedHashMap<>(byName))));
        given = Collections.unmodifiableMap(copy);
    }

    /**
     * @param inputs what some assumptions follow from
     * @param file what the measured values are called in an answer
     * @throws IllegalArgumentException when one is missing, cannot be, or is said of what the catalogue does not have; with
     *     the options that are missing
     */
    static NamedInputs of(
            Catalogue catalogue,
            Inputs inputs,
            Map<NamedInput, Map<String, Double>> options,
            Map<NamedInput, Map<String, Double>> measured,
            String file) {
        Assumptions assumptions = new Assumptions(inputs);
        Map<NamedInput, Map<String, Given>> given = new EnumMap<>(NamedInput.class);
        List<String> missing = new ArrayList<>();
        for (NamedInput input : NamedInput.values()) {
            Map<String, Double> option = options.getOrDefault(input, Map.of());
            Map<String, Double> result = measured.getOrDefault(input, Map.of());
            check("--" + input.id(), input, option, catalogue);
            check(file + ": " + input.id(), input, result, catalogue);
            Map<String, Given> byName = new LinkedHashMap<>();
            for (String name : namesIn(catalogue, input)) {
                Optional<Given> value = option.containsKey(name)
                        ? Optional.of(new Given(option.get(name), Inputs.OPTION))
                        : result.containsKey(name)
                                ? Optional.of(new Given(result.get(name), Inputs.MEASURED + file))
                                : assumptions.of(input, name);
                value.ifPresent(known -> byName.put(name, known));
                if (value.isEmpty() && isNeeded(catalogue, input, name)) {
                    missing.add(input.option(name));
                }
            }
            given.put(input, byName);
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing is known of some topics or lanes; give " + String.join(" ", missing));
        }
        return new NamedInputs(given);
    }

    private static void check(String place, NamedInput input, Map<String, Double> values, Catalogue catalogue) {
        Set<String> known = namesIn(catalogue, input);
        values.forEach((name, value) -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(place + ": no " + input.of() + " '" + name + "' in the catalogue");
            }
            input.problemWith(value)
                    .or(() -> problemWith(catalogue, input, name))
                    .ifPresent(problem -> {
                        throw new IllegalArgumentException(place + ": " + name + ' ' + problem);
                    });
        });
    }

    /** What would be taken and change nothing. */
    private static Optional<String> problemWith(Catalogue catalogue, NamedInput input, String name) {
        if (input == NamedInput.KEYS && !catalogue.topic(name).cleanup().isCompacted()) {
            return Optional.of("is not compacted, so keys do not bound it; give --days");
        }
        if (input == NamedInput.DAYS && catalogue.topic(name).cleanup().isTable()) {
            return Optional.of("keeps the latest value of every key for ever; give --keys");
        }
        return Optional.empty();
    }

    private static Set<String> namesIn(Catalogue catalogue, NamedInput input) {
        return new LinkedHashSet<>(
                input == NamedInput.LANE_RATE
                        ? catalogue.lanes().stream().map(Lane::name).toList()
                        : catalogue.topics().stream().map(Topic::name).toList());
    }

    private static boolean isNeeded(Catalogue catalogue, NamedInput input, String name) {
        return switch (input) {
            case SHARE, LANE_RATE -> true;
            case KEYS -> catalogue.topic(name).cleanup().isCompacted();
            case DAYS -> false;
        };
    }

    /** Of a topic or lane of the catalogue. */
    double of(NamedInput input, String name) {
        return get(input, name).value();
    }

    Given get(NamedInput input, String name) {
        return known(input, name).orElseThrow(() -> new IllegalStateException("no " + input.id() + " of " + name));
    }

    Optional<Double> find(NamedInput input, String name) {
        return known(input, name).map(Given::value);
    }

    /**
     * What one thread of a lane does.
     *
     * @param bytes of the records that its rate was measured with
     */
    WorkRate rateOf(Lane lane, double bytes) {
        return new WorkRate(of(NamedInput.LANE_RATE, lane.name()), bytes);
    }

    private Optional<Given> known(NamedInput input, String name) {
        return Optional.ofNullable(given.getOrDefault(input, Map.of()).get(name));
    }
}
