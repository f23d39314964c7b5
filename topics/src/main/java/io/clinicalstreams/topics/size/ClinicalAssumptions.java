package io.clinicalstreams.topics.size;

import static java.util.Map.entry;

import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.size.Inputs.Given;
import java.util.Map;
import java.util.Optional;

/** What is assumed of this project's own topics and lanes. Other topics and lanes must be described by their users. */
final class ClinicalAssumptions {

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

    private static final Map<String, Given> LANE_RATES = Map.of(
            "recording", Given.assumed(50_000, "the objective of profile throughput, not measured"),
            "alerting", Given.assumed(40_000, "0.7 of a stateful pass-through on 2 cores"));

    private ClinicalAssumptions() {}

    /** @param inputs those before this one */
    static Optional<Given> of(SizeInput input, String name, Inputs inputs) {
        return Optional.ofNullable(
                switch (input) {
                    case SHARE -> SHARES.get(name);
                    case KEYS ->
                        name.equals(TopicNames.ALERT_CURRENT)
                                ? inputs.get(SizeInput.PATIENTS, SizeInput.OF_ALL)
                                        .as(SizeInput.PATIENTS)
                                : NUMBERS_OF_KEYS.get(name);
                    case LANE_RATE -> LANE_RATES.get(name);
                    default -> null;
                });
    }
}
