package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.fhir.datatype.FhirTime;
import io.clinicalstreams.pipeline.fhir.datatype.PeriodReader;
import io.clinicalstreams.pipeline.fhir.json.TextCache;
import io.clinicalstreams.topics.TopicNames;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The resource types that have an output topic, one row each: FHIR's name of the type, the topic, the node of the
 * recording lane that writes it, and its reader. The reader determines the key: a patient or a product.
 */
public enum RoutedType {
    OBSERVATION(
            "Observation",
            TopicNames.OBSERVATION_RECORDED,
            "record-observations",
            with -> new ObservationReader(with.building(), with.texts(), with.time(), with.period())),
    MEDICATION_REQUEST(
            "MedicationRequest",
            TopicNames.MEDICATION_REQUESTED,
            "record-medication-requests",
            with -> new MedicationRequestReader(with.time())),
    ENCOUNTER(
            "Encounter",
            TopicNames.ENCOUNTER_CHANGED,
            "record-encounters",
            with -> new EncounterReader(with.building(), with.texts(), with.time(), with.period())),
    MEDICATION_KNOWLEDGE(
            "MedicationKnowledge",
            TopicNames.MEDICATION_CATALOG,
            "record-medication-knowledge",
            with -> new MedicationKnowledgeReader(with.texts()));

    /**
     * What the readers of one stream thread share.
     *
     * @param building whether an Observation's content is built
     */
    record Parts(boolean building, TextCache texts, FhirTime time, PeriodReader period) {}

    private static final Map<String, RoutedType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(type -> type.resourceType, type -> type));

    private final String resourceType;
    private final String topic;
    private final String node;

    @SuppressWarnings("ImmutableEnumChecker") // each creates a reader and keeps no state
    private final Function<Parts, RoutedReader> reader;

    RoutedType(String resourceType, String topic, String node, Function<Parts, RoutedReader> reader) {
        this.resourceType = resourceType;
        this.topic = topic;
        this.node = node;
        this.reader = reader;
    }

    /** Null for a type without an output topic. */
    static @Nullable RoutedType of(@Nullable String resourceType) {
        return resourceType == null ? null : BY_NAME.get(resourceType);
    }

    /** The name of the type in FHIR. */
    public String resourceType() {
        return resourceType;
    }

    /** The topic's logical name. */
    public String topic() {
        return topic;
    }

    /** The name of the node that writes the topic, in the topology and its metrics. */
    public String node() {
        return node;
    }

    RoutedReader reader(Parts parts) {
        return reader.apply(parts);
    }
}
