package io.clinicalstreams.topics.size;

import static java.util.Map.entry;

import io.clinicalstreams.topics.TopicNames;
import java.util.Map;
import java.util.Optional;

/**
 * What is assumed of this project's own topics and lanes where nobody says otherwise, because it depends on who sends. Of
 * others nothing is.
 */
record Assumptions(Inputs inputs) {

    /** Records of a topic for one resource received. */
    private static final Map<String, Given> SHARES = Map.ofEntries(
            entry(TopicNames.RESOURCE_RECEIVED, assumed(1, "it is the input")),
            entry(TopicNames.RESOURCE_REKEYED, assumed(0.01, "few come under a wrong key")),
            entry(TopicNames.OBSERVATION_RECORDED, assumed(0.9, "most resources are Observations; evidence pending")),
            entry(TopicNames.MEDICATION_REQUESTED, assumed(0.05, "half of the other resources; evidence pending")),
            entry(TopicNames.ENCOUNTER_CHANGED, assumed(0.05, "half of the other resources; evidence pending")),
            entry(TopicNames.RESOURCE_REJECTED, assumed(0.01, "few are refused")),
            entry(TopicNames.ALERT_GENERATED, assumed(0.02, "one Observation in 45; evidence pending")),
            entry(TopicNames.ALERT_CURRENT, assumed(0.02, "each transition of an alert changes its form")),
            entry(TopicNames.SCORE_COMPUTED, assumed(0.1, "one Observation in nine; evidence pending")),
            entry(TopicNames.ALERT_RULE, assumed(0, "hardly ever changes")),
            entry(TopicNames.MEDICATION_CATALOG, assumed(0, "hardly ever changes")));

    private static final Map<String, Given> KEYS = Map.of(
            TopicNames.ALERT_RULE, assumed(200, "rules of a hospital"),
            TopicNames.MEDICATION_CATALOG, assumed(20_000, "products of a formulary"));

    private static final Map<String, SizeInput> RATES =
            Map.of("recording", SizeInput.RECORDING_RATE, "alerting", SizeInput.ALERTING_RATE);

    /** Nothing for a topic or lane that is not known here. */
    Optional<Given> of(NamedInput input, String name) {
        return switch (input) {
            case SHARE -> Optional.ofNullable(SHARES.get(name));
            case KEYS ->
                name.equals(TopicNames.ALERT_CURRENT)
                        ? Optional.of(as(SizeInput.PATIENTS))
                        : Optional.ofNullable(KEYS.get(name));
            case LANE_RATE -> Optional.ofNullable(RATES.get(name)).map(this::as);
            case DAYS -> Optional.empty();
        };
    }

    private Given as(SizeInput other) {
        Given given = inputs.get(other);
        String origin = given.isAssumed() ? "assumed: as " : given.origin() + ", as ";
        return new Given(given.value(), origin + other.id());
    }

    private static Given assumed(double value, String why) {
        return Given.assumed(value, why);
    }
}
