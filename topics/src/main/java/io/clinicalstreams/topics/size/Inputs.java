package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every input's value and where it comes from: options win over measured results, and those over assumptions.
 *
 * @param named by logical name of a topic or lane
 */
record Inputs(Map<SizeInput, Given> given, Map<NamedInput, Map<String, Given>> named) {

    private static final String ASSUMED = "assumed: ";

    Inputs {
        given = Collections.unmodifiableMap(given);
        named = Collections.unmodifiableMap(named);
    }

    /** An input's value, and its origin: an option, a file of results, or an assumption. */
    record Given(double value, String origin) {

        static Given assumed(double value, String why) {
            return new Given(value, ASSUMED + why);
        }

        /** The value of another input. */
        Given as(SizeInput other) {
            return new Given(value, (isAssumed() ? ASSUMED : origin + ", ") + "as " + other.id());
        }

        boolean isAssumed() {
            return origin.startsWith(ASSUMED);
        }
    }

    /** The load that everything is made for: today's, grown, with headroom. Patients and keys grow as the load does. */
    record DesignLoad(double rate, double growth, double headroom) {

        double perSecond() {
            return rate * factor();
        }

        /** By how much more everything is made than there is today. */
        double factor() {
            return growth / (1 - headroom);
        }

        /** {@code value x growth / (1 - headroom)} in numbers. */
        String of(double value) {
            return Numbers.in("%s x %s / (1 - %s)", value, growth, headroom);
        }

        Figure figure() {
            return new Figure(
                    "design load T",
                    perSecond(),
                    "resources/s",
                    Numbers.in("rate x growth / (1 - headroom) = %s", of(rate)));
        }
    }

    /**
     * @param sources the first that has an input wins
     * @throws IllegalArgumentException when an input is missing or wrong, or is of a topic or lane that the catalogue does not
     *     have; with its place in front, or with the options that are missing
     */
    static Inputs of(Catalogue catalogue, List<InputSource> sources) {
        Map<SizeInput, Given> given = new EnumMap<>(SizeInput.class);
        for (SizeInput input : SizeInput.values()) {
            given.put(
                    input,
                    sources.stream()
                            .flatMap(source -> source.get(input).stream())
                            .findFirst()
                            .or(input::assumption)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "Missing required option: '--" + input.id() + "=NUMBER'")));
        }
        return new Inputs(given, named(catalogue, new Inputs(given, Map.of()), sources));
    }

    private static Map<NamedInput, Map<String, Given>> named(
            Catalogue catalogue, Inputs inputs, List<InputSource> sources) {
        Map<NamedInput, Map<String, Given>> named = new EnumMap<>(NamedInput.class);
        List<String> missing = new ArrayList<>();
        for (NamedInput input : NamedInput.values()) {
            List<String> names = input == NamedInput.LANE_RATE
                    ? catalogue.lanes().stream().map(Lane::name).toList()
                    : catalogue.topics().stream().map(Topic::name).toList();
            sources.forEach(source -> source.check(input, names, catalogue));
            Map<String, Given> byName = new LinkedHashMap<>();
            for (String name : names) {
                Optional<Given> known = sources.stream()
                        .flatMap(source -> source.get(input, name).stream())
                        .findFirst()
                        .or(() -> input.assumption(name, inputs));
                known.ifPresent(value -> byName.put(name, value));
                if (known.isEmpty() && input.isNeeded(catalogue, name)) {
                    missing.add("--" + input.id() + ' ' + name + "=NUMBER");
                }
            }
            named.put(input, Collections.unmodifiableMap(byName));
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("some topics or lanes have no value; give " + String.join(" ", missing));
        }
        return named;
    }

    double of(SizeInput input) {
        return get(input).value();
    }

    Given get(SizeInput input) {
        return Optional.ofNullable(given.get(input))
                .orElseThrow(() -> new IllegalStateException("no value for " + input));
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

    private Optional<Given> known(NamedInput input, String name) {
        return Optional.ofNullable(named.getOrDefault(input, Map.of()).get(name));
    }

    DesignLoad load() {
        return new DesignLoad(of(SizeInput.RATE), of(SizeInput.GROWTH), of(SizeInput.HEADROOM));
    }

    /** The share of a record that a codec leaves: all of it without one. */
    double compressed(@Nullable String codec) {
        boolean isCompressed = codec != null && !codec.equals("none") && !codec.equals("uncompressed");
        return isCompressed ? of(SizeInput.COMPRESSED) : 1;
    }
}
