package io.clinicalstreams.verifier.source;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where inputs come in and outputs go out, and how they are read. */
public record VerifiedTopics(
        VerifiedTopic received,
        VerifiedTopic rekeyed,
        VerifiedTopic rejected,
        Map<RecordedType, VerifiedTopic> recorded,
        VerifiedTopic alertsGenerated,
        VerifiedTopic alertsCurrent,
        VerifiedTopic alertRules,
        FhirSettings fhir) {

    public VerifiedTopics {
        if (recorded.size() != RecordedType.values().length) {
            throw new IllegalArgumentException("every recorded type needs a topic");
        }
        recorded = Map.copyOf(recorded);
    }

    public static VerifiedTopics of(Catalogue catalogue) {
        Map<RecordedType, VerifiedTopic> recorded = new EnumMap<>(RecordedType.class);
        for (RecordedType destination : RecordedType.values()) {
            recorded.put(destination, topic(catalogue, destination.topic()));
        }
        return new VerifiedTopics(
                topic(catalogue, TopicNames.RESOURCE_RECEIVED),
                topic(catalogue, TopicNames.RESOURCE_REKEYED),
                topic(catalogue, TopicNames.RESOURCE_REJECTED),
                recorded,
                topic(catalogue, TopicNames.ALERT_GENERATED),
                topic(catalogue, TopicNames.ALERT_CURRENT),
                topic(catalogue, TopicNames.ALERT_RULE),
                catalogue.where().fhir());
    }

    public VerifiedTopic recorded(RecordedType destination) {
        VerifiedTopic topic = recorded.get(destination);
        if (topic == null) {
            throw new IllegalStateException("no topic for " + destination);
        }
        return topic;
    }

    public List<VerifiedTopic> all() {
        List<VerifiedTopic> all =
                new ArrayList<>(List.of(received, rekeyed, rejected, alertsGenerated, alertsCurrent, alertRules));
        all.addAll(recorded.values());
        return all;
    }

    /** @param fullName of one of them */
    public VerifiedTopic named(String fullName) {
        return all().stream()
                .filter(topic -> topic.fullName().equals(fullName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no topic " + fullName));
    }

    private static VerifiedTopic topic(Catalogue catalogue, String name) {
        Topic topic = catalogue.topic(name);
        return new VerifiedTopic(
                name,
                topic.fullName(),
                topic.partitions(),
                catalogue.largestRecord(catalogue.lane("recording"), topic));
    }
}
