package io.clinicalstreams.verifier.source;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The input and output topics, and how to read FHIR in them.
 *
 * @param recorded all topics that the recording lane writes except the re-keyed and the rejected one
 */
public record VerifiedTopics(
        VerifiedTopic received,
        VerifiedTopic rekeyed,
        VerifiedTopic rejected,
        List<VerifiedTopic> recorded,
        VerifiedTopic alertsGenerated,
        VerifiedTopic alertsCurrent,
        VerifiedTopic alertRules,
        FhirSettings fhir) {

    private static final Set<String> NOT_RECORDED = Set.of(TopicNames.RESOURCE_REKEYED, TopicNames.RESOURCE_REJECTED);

    public VerifiedTopics {
        recorded = List.copyOf(recorded);
    }

    public static VerifiedTopics of(Catalogue catalogue) {
        return new VerifiedTopics(
                topic(catalogue, TopicNames.RESOURCE_RECEIVED),
                topic(catalogue, TopicNames.RESOURCE_REKEYED),
                topic(catalogue, TopicNames.RESOURCE_REJECTED),
                catalogue.lane("recording").sinks().stream()
                        .map(Topic::name)
                        .filter(name -> !NOT_RECORDED.contains(name))
                        .map(name -> topic(catalogue, name))
                        .toList(),
                topic(catalogue, TopicNames.ALERT_GENERATED),
                topic(catalogue, TopicNames.ALERT_CURRENT),
                topic(catalogue, TopicNames.ALERT_RULE),
                catalogue.where().fhir());
    }

    private static VerifiedTopic topic(Catalogue catalogue, String name) {
        Topic topic = catalogue.topic(name);
        Lane recording = catalogue.lane("recording");
        return new VerifiedTopic(name, topic.fullName(), topic.partitions(), catalogue.largestRecord(recording, topic));
    }

    /** @param name logical name of a recorded topic */
    public VerifiedTopic recorded(String name) {
        return recorded.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the recording lane does not write " + name));
    }

    public List<VerifiedTopic> all() {
        return Stream.concat(
                        Stream.of(received, rekeyed, rejected, alertsGenerated, alertsCurrent, alertRules),
                        recorded.stream())
                .toList();
    }
}
