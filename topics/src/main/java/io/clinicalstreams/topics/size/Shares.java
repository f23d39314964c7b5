package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.TopicNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much of the input reaches each topic: records of a topic for one resource received. For compacted topics, how many
 * keys they hold. Assumptions, because it depends on who sends; {@code --share} and {@code --keys} say otherwise.
 *
 * @param days how long records stay, where that shall not be the topic's retention
 */
record Shares(Map<String, Double> ofInput, Map<String, Double> keys, Map<String, Double> days) {

    private static final double MILLIS_PER_DAY = 86_400_000;

    private static final Map<String, Double> ASSUMED = Map.of(
            TopicNames.RESOURCE_RECEIVED, 1.0,
            TopicNames.RESOURCE_REKEYED, 0.01,
            TopicNames.OBSERVATION_RECORDED, 0.9,
            TopicNames.MEDICATION_REQUESTED, 0.05,
            TopicNames.ENCOUNTER_CHANGED, 0.05,
            TopicNames.RESOURCE_REJECTED, 0.01,
            TopicNames.ALERT_GENERATED, 0.02,
            TopicNames.ALERT_CURRENT, 0.02,
            TopicNames.SCORE_COMPUTED, 0.1);

    private static final Map<String, Double> ASSUMED_KEYS =
            Map.of(TopicNames.ALERT_RULE, 200.0, TopicNames.MEDICATION_CATALOG, 20_000.0);

    Shares {
        ofInput = Map.copyOf(ofInput);
        keys = Map.copyOf(keys);
        days = Map.copyOf(days);
    }

    static Shares of(Map<String, Double> ofInput, Map<String, Double> keys, Map<String, Double> days) {
        Map<String, Double> allShares = new HashMap<>(ASSUMED);
        allShares.putAll(ofInput);
        Map<String, Double> allKeys = new HashMap<>(ASSUMED_KEYS);
        allKeys.putAll(keys);
        return new Shares(allShares, allKeys, days);
    }

    /** None for a topic that hardly ever changes. */
    double share(String topic) {
        return ofInput.getOrDefault(topic, 0.0);
    }

    /** @param patients each has one alert kept where nobody says otherwise */
    double keys(String topic, double patients) {
        return keys.getOrDefault(topic, patients);
    }

    /** Nothing where the topic's own retention holds. */
    Optional<Duration> days(String topic) {
        return Optional.ofNullable(days.get(topic)).map(number -> Duration.ofMillis((long) (number * MILLIS_PER_DAY)));
    }
}
