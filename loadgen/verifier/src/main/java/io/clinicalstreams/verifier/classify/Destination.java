package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.TopicNames;
import org.jspecify.annotations.Nullable;

/** The topics that resources are recorded in, by type. */
public enum Destination {
    OBSERVATION("Observation", TopicNames.OBSERVATION_RECORDED),
    MEDICATION_REQUEST("MedicationRequest", TopicNames.MEDICATION_REQUESTED),
    ENCOUNTER("Encounter", TopicNames.ENCOUNTER_CHANGED),
    MEDICATION_KNOWLEDGE("MedicationKnowledge", TopicNames.MEDICATION_CATALOG);

    private final String resourceType;
    private final String topic;

    Destination(String resourceType, String topic) {
        this.resourceType = resourceType;
        this.topic = topic;
    }

    /** The topic's logical name. */
    public String topic() {
        return topic;
    }

    static @Nullable Destination of(String resourceType) {
        for (Destination destination : values()) {
            if (destination.resourceType.equals(resourceType)) {
                return destination;
            }
        }
        return null;
    }
}
