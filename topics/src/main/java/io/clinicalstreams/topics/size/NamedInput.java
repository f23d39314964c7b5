package io.clinicalstreams.topics.size;

import static java.util.Map.entry;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.size.Inputs.Given;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An input of single topics or lanes, by name: an option that may be repeated, and an object in a file of results. This
 * project's own topics and lanes have assumptions, because it depends on who sends; others have none.
 */
enum NamedInput {
    SHARE("topic", "records/resource", "Records of a topic for each resource received"),
    KEYS("topic", "keys", "Keys that a compacted topic holds today"),
    DAYS("topic", "days", "Days that a topic keeps records, instead of its retention, where it has one"),
    LANE_RATE("lane", "records/s", "Records/s of one thread of a lane");

    private static final double MOST = 1e12;

    private static final Map<String, Given> SHARES = Map.ofEntries(
            entry(TopicNames.RESOURCE_RECEIVED, Given.assumed(1, "it is the input")),
            entry(TopicNames.RESOURCE_REKEYED, Given.assumed(0.01, "few come under a wrong key")),
            entry(
                    TopicNames.OBSERVATION_RECORDED,
                    Given.assumed(0.9, "most resources are Observations; evidence pending")),
            entry(
                    TopicNames.MEDICATION_REQUESTED,
                    Given.assumed(0.05, "half of the other resources; evidence pending")),
            entry(TopicNames.ENCOUNTER_CHANGED, Given.assumed(0.05, "half of the other resources; evidence pending")),
            entry(TopicNames.RESOURCE_REJECTED, Given.assumed(0.01, "few are rejected")),
            entry(TopicNames.ALERT_GENERATED, Given.assumed(0.02, "one Observation in 45; evidence pending")),
            entry(TopicNames.ALERT_CURRENT, Given.assumed(0.02, "each transition updates the alert")),
            entry(TopicNames.SCORE_COMPUTED, Given.assumed(0.1, "one Observation in nine; evidence pending")),
            entry(TopicNames.ALERT_RULE, Given.assumed(0, "hardly ever changes")),
            entry(TopicNames.MEDICATION_CATALOG, Given.assumed(0, "hardly ever changes")));

    private static final Map<String, Given> NUMBERS_OF_KEYS = Map.of(
            TopicNames.ALERT_RULE, Given.assumed(200, "rules of a hospital"),
            TopicNames.MEDICATION_CATALOG, Given.assumed(20_000, "products of a formulary"));

    private static final Map<String, SizeInput> KEYS_AS = Map.of(TopicNames.ALERT_CURRENT, SizeInput.PATIENTS);

    private static final Map<String, SizeInput> LANE_RATES_AS =
            Map.of("recording", SizeInput.RECORDING_RATE, "alerting", SizeInput.ALERTING_RATE);

    private final String of;
    private final String unit;
    private final String description;

    NamedInput(String of, String unit, String description) {
        this.of = of;
        this.unit = unit;
        this.description = description;
    }

    static Optional<NamedInput> of(String id) {
        return Arrays.stream(values()).filter(input -> input.id().equals(id)).findFirst();
    }

    /** The option without its dashes, and the name in a file. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What has it: a topic or a lane. */
    String of() {
        return of;
    }

    String unit() {
        return unit;
    }

    String description() {
        return description;
    }

    /** Nothing for a topic or lane that is not this project's own. */
    Optional<Given> assumption(String name, Inputs inputs) {
        return switch (this) {
            case SHARE -> Optional.ofNullable(SHARES.get(name));
            case KEYS -> Optional.ofNullable(NUMBERS_OF_KEYS.get(name)).or(() -> as(KEYS_AS.get(name), inputs));
            case LANE_RATE -> as(LANE_RATES_AS.get(name), inputs);
            case DAYS -> Optional.empty();
        };
    }

    private static Optional<Given> as(@Nullable SizeInput other, Inputs inputs) {
        return Optional.ofNullable(other).map(known -> inputs.get(known).as(known));
    }

    boolean isNeeded(Catalogue catalogue, String name) {
        return switch (this) {
            case SHARE, LANE_RATE -> true;
            case KEYS -> catalogue.topic(name).cleanup().isCompacted();
            case DAYS -> false;
        };
    }

    /** What is wrong with a value for a topic or lane, if anything. A value that would change nothing is wrong too. */
    Optional<String> problemWith(double value, String name, Catalogue catalogue) {
        if (!(value >= 0)) {
            return Optional.of("must be at least 0, was " + value);
        }
        if (value > MOST) {
            return Optional.of("must be at most " + Numbers.of(MOST) + ", was " + value);
        }
        if (this == LANE_RATE && value == 0) {
            return Optional.of("must be positive, was " + value);
        }
        if (this == KEYS && !catalogue.topic(name).cleanup().isCompacted()) {
            return Optional.of("is not compacted, so keys do not bound it; give --days");
        }
        if (this == DAYS && catalogue.topic(name).cleanup().isTable()) {
            return Optional.of("keeps the latest value of every key forever; give --keys");
        }
        return Optional.empty();
    }
}
