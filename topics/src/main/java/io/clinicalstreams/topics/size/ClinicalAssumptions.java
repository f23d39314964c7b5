package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.AssumedShare;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.size.Inputs.Given;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Assumed inputs: a topic's share from its own file, the others for this project's own topics and lanes. */
final class ClinicalAssumptions {

    private static final Map<String, Given> NUMBERS_OF_KEYS = Map.of(
            TopicNames.ALERT_RULE, Given.assumed(200, "rules of a hospital"),
            TopicNames.MEDICATION_CATALOG, Given.assumed(20_000, "products of a formulary"),
            TopicNames.RESOURCE_ACCOUNTED, Given.assumed(190_000, "accounts of a year: 64 partitions, 8 a day"));

    private static final Map<String, Given> LANE_RATES = Map.of(
            "recording", Given.assumed(50_000, "the objective of profile throughput, not measured"),
            "alerting", Given.assumed(40_000, "0.7 of a stateful pass-through on 2 cores"));

    private ClinicalAssumptions() {}

    /** @param inputs the inputs before this one */
    static Optional<Given> of(SizeInput input, String name, Catalogue catalogue, Inputs inputs) {
        return Optional.ofNullable(
                switch (input) {
                    case SHARE -> share(catalogue.topic(name).assumedShare());
                    case KEYS ->
                        name.equals(TopicNames.ALERT_CURRENT)
                                ? inputs.get(SizeInput.PATIENTS, SizeInput.OF_ALL)
                                        .as(SizeInput.PATIENTS)
                                : NUMBERS_OF_KEYS.get(name);
                    case LANE_RATE -> LANE_RATES.get(name);
                    default -> null;
                });
    }

    private static @Nullable Given share(@Nullable AssumedShare share) {
        return share == null ? null : Given.assumed(share.value().doubleValue(), share.why());
    }
}
