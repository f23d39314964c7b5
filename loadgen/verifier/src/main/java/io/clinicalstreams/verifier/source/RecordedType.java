package io.clinicalstreams.verifier.source;

import io.clinicalstreams.topics.TopicNames;
import org.jspecify.annotations.Nullable;

/** The topics that resources are recorded in, by type. */
public enum RecordedType {
    OBSERVATION("Observation", TopicNames.OBSERVATION_RECORDED),
    MEDICATION_REQUEST("MedicationRequest", TopicNames.MEDICATION_REQUESTED),
    ENCOUNTER("Encounter", TopicNames.ENCOUNTER_CHANGED),
    MEDICATION_KNOWLEDGE("MedicationKnowledge", TopicNames.MEDICATION_CATALOG);

    private final String resourceType;
    private final String topic;

    RecordedType(String resourceType, String topic) {
        this.resourceType = resourceType;
        this.topic = topic;
    }

    /** The topic's logical name. */
    public String topic() {
        return topic;
    }

    public static @Nullable RecordedType of(String resourceType) {
        for (RecordedType destination : values()) {
            if (destination.resourceType.equals(resourceType)) {
                return destination;
            }
        }
        return null;
    }
}
