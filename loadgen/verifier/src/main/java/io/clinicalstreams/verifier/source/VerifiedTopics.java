package io.clinicalstreams.verifier.source;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.problem.UnknownNameException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The input and output topics, and how to read FHIR in them.
 *
 * @param recorded all topics that the recording lane writes except the re-keyed and the rejected one and the ledger
 */
public record VerifiedTopics(
        VerifiedTopic received,
        VerifiedTopic rekeyed,
        VerifiedTopic rejected,
        List<VerifiedTopic> recorded,
        VerifiedTopic alertsGenerated,
        VerifiedTopic alertsCurrent,
        VerifiedTopic alertRules,
        VerifiedTopic accounted,
        FhirSettings fhir) {

    private static final Set<String> NOT_RECORDED =
            Set.of(TopicNames.RESOURCE_REKEYED, TopicNames.RESOURCE_REJECTED, TopicNames.RESOURCE_ACCOUNTED);

    public VerifiedTopics {
        recorded = List.copyOf(recorded);
    }

    /**
     * Without an alerting lane the topics of alerts have no partitions, so they are not read; likewise the ledger, if
     * the catalogue has none.
     *
     * @throws UnknownNameException when the catalogue lacks the recording lane or a topic
     */
    public static VerifiedTopics of(Catalogue catalogue) {
        Lane recording = catalogue.lane("recording");
        Function<String, VerifiedTopic> topic = name -> {
            Topic each = catalogue.topic(name);
            return new VerifiedTopic(
                    name, each.fullName(), each.partitions(), catalogue.largestRecord(recording, each));
        };
        boolean hasAlerts =
                catalogue.lanes().stream().anyMatch(lane -> lane.name().equals("alerting"));
        Function<String, VerifiedTopic> ofAlerts = hasAlerts ? topic : VerifiedTopics::unread;
        boolean hasLedger =
                catalogue.topics().stream().anyMatch(each -> each.name().equals(TopicNames.RESOURCE_ACCOUNTED));
        return new VerifiedTopics(
                topic.apply(TopicNames.RESOURCE_RECEIVED),
                topic.apply(TopicNames.RESOURCE_REKEYED),
                topic.apply(TopicNames.RESOURCE_REJECTED),
                recording.sinks().stream()
                        .map(Topic::name)
                        .filter(name -> !NOT_RECORDED.contains(name))
                        .map(topic)
                        .toList(),
                ofAlerts.apply(TopicNames.ALERT_GENERATED),
                ofAlerts.apply(TopicNames.ALERT_CURRENT),
                ofAlerts.apply(TopicNames.ALERT_RULE),
                hasLedger ? topic.apply(TopicNames.RESOURCE_ACCOUNTED) : unread(TopicNames.RESOURCE_ACCOUNTED),
                catalogue.where().fhir());
    }

    private static VerifiedTopic unread(String name) {
        return new VerifiedTopic(name, name, 0, 0);
    }

    /** Whether the catalogue has an alerting lane. */
    public boolean hasAlerts() {
        return alertsGenerated.partitions() > 0;
    }

    /** Whether the catalogue has the lanes' ledger. */
    public boolean hasLedger() {
        return accounted.partitions() > 0;
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
                        Stream.of(received, rekeyed, rejected, alertsGenerated, alertsCurrent, alertRules, accounted),
                        recorded.stream())
                .filter(topic -> topic.partitions() > 0)
                .toList();
    }
}
