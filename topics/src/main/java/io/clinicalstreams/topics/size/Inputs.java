package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every input's value and origin: options override measured results, and those override assumptions.
 *
 * @param given by logical name of a topic or lane; {@link SizeInput#OF_ALL} for an input of neither
 */
record Inputs(Map<SizeInput, Map<String, Given>> given) {

    private static final String ASSUMED = "assumed: ";

    Inputs {
        given = Collections.unmodifiableMap(given);
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

    /** The design load: today's load with growth and headroom. Patients and keys grow as the load does. */
    record DesignLoad(double rate, double growth, double headroom) {

        double perSecond() {
            return rate * factor();
        }

        /** Design load divided by today's load. */
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
     * @param sources in order of precedence
     * @throws IllegalArgumentException if an input is missing or wrong, or its topic or lane is not in the catalogue;
     *     the message begins with its place, or lists the missing options
     */
    static Inputs of(Catalogue catalogue, List<InputSource> sources) {
        sources.forEach(source -> source.check(catalogue));
        Map<SizeInput, Map<String, Given>> given = new EnumMap<>(SizeInput.class);
        Inputs inputs = new Inputs(given);
        List<String> missing = new ArrayList<>();
        for (SizeInput input : SizeInput.values()) {
            Map<String, Given> byName = new LinkedHashMap<>();
            given.put(input, byName);
            for (String name : input.scope().names(catalogue)) {
                sources.stream()
                        .flatMap(source -> source.get(input, name).stream())
                        .findFirst()
                        .or(() -> input.assumption(name, catalogue, inputs))
                        .ifPresent(value -> byName.put(name, value));
                if (!byName.containsKey(name) && input.isNeeded(catalogue, name)) {
                    missing.add(("--" + input.id() + ' ' + name).strip() + "=NUMBER");
                }
            }
        }
        if (missing.contains("--rate=NUMBER")) {
            throw new IllegalArgumentException("Missing required option: '--rate=NUMBER'");
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("some topics or lanes have no value; give " + String.join(" ", missing));
        }
        return inputs;
    }

    double of(SizeInput input) {
        return of(input, SizeInput.OF_ALL);
    }

    /** The value for a topic or lane of the catalogue. */
    double of(SizeInput input, String name) {
        return get(input, name).value();
    }

    Given get(SizeInput input, String name) {
        return Optional.ofNullable(given.getOrDefault(input, Map.of()).get(name))
                .orElseThrow(() -> new IllegalStateException("no " + input.id() + " of " + name));
    }

    Optional<Double> find(SizeInput input, String name) {
        return Optional.ofNullable(given.getOrDefault(input, Map.of()).get(name))
                .map(Given::value);
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
