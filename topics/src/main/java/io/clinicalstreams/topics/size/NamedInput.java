package io.clinicalstreams.topics.size;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a size is computed from and is said of single topics or lanes, by name: an option that may be repeated, and an
 * object in a file of results. What is assumed of them is in {@link Assumptions}.
 */
enum NamedInput {
    SHARE("share", "topic", "records/resource"),
    KEYS("keys", "topic", "keys"),
    DAYS("days", "topic", "days"),
    LANE_RATE("lane-rate", "lane", "records/s");

    private static final double MOST = 1e12;

    private final String id;
    private final String of;
    private final String unit;

    NamedInput(String id, String of, String unit) {
        this.id = id;
        this.of = of;
        this.unit = unit;
    }

    static Optional<NamedInput> of(String id) {
        return Arrays.stream(values()).filter(input -> input.id.equals(id)).findFirst();
    }

    /** The option without its dashes, and the name in a file. */
    String id() {
        return id;
    }

    /** What has it: a topic or a lane. */
    String of() {
        return of;
    }

    String unit() {
        return unit;
    }

    /** As somebody would give it. */
    String option(String name) {
        return "--" + id + ' ' + name + "=NUMBER";
    }

    /** Why a value cannot be, if so. */
    Optional<String> problemWith(double value) {
        if (!(value >= 0)) {
            return Optional.of("must be at least 0, was " + value);
        }
        if (value > MOST) {
            return Optional.of("must be at most " + Numbers.of(MOST) + ", was " + value);
        }
        return this == LANE_RATE && value == 0 ? Optional.of("must be positive, was " + value) : Optional.empty();
    }
}
