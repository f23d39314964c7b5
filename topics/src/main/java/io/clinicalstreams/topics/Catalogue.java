package io.clinicalstreams.topics;

import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import io.clinicalstreams.topics.setting.Settings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Every topic of the system in one environment, with the lanes that process them and the clients around, checked as a
 * whole. Producers, consumers and lanes get their settings from here and nowhere else.
 */
public record Catalogue(Environment where, List<Topic> topics, List<Lane> lanes, List<Client> clients) {

    /** The role of the operator, who maintains the topics. Every other role is a lane or a client, and has its name. */
    public static final String OPERATOR = "operator";

    public Catalogue {
        topics = List.copyOf(topics);
        lanes = List.copyOf(lanes);
        clients = List.copyOf(clients);
    }

    /** Without clients. */
    public Catalogue(Environment where, List<Topic> topics, List<Lane> lanes) {
        this(where, topics, lanes, List.of());
    }

    /** The same topics and lanes under other names on the cluster; of the topics' own access nothing, so without clients. */
    public Catalogue named(Function<Topic, String> topicNames, Function<Lane, String> applicationIds) {
        UnaryOperator<Topic> rename = topic -> topic.named(topicNames.apply(topic));
        return new Catalogue(
                where,
                topics.stream().map(rename).toList(),
                lanes.stream()
                        .map(lane -> lane.named(applicationIds.apply(lane), rename))
                        .toList());
    }

    /** The environment's name. */
    public String environment() {
        return where.name();
    }

    /** @param name the logical name, one of {@link TopicNames} */
    public Topic topic(String name) {
        return topics.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no topic '" + name + "' in the catalogue"));
    }

    /** @param name for example {@code recording} */
    public Lane lane(String name) {
        return lanes.stream()
                .filter(lane -> lane.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no lane '" + name + "' in the catalogue"));
    }

    /** @param name for example {@code gateway} */
    public Client client(String name) {
        return clients.stream()
                .filter(client -> client.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no client '" + name + "' in the catalogue"));
    }

    /** The topic's own settings. */
    public Map<String, String> topicSettings(Topic topic) {
        return topic.settings().plain();
    }

    /**
     * Settings of a client that writes the topic. How the environment's brokers are spoken to is among them; addresses,
     * identity, secrets and serializers are the caller's, and what the caller sets wins.
     */
    public Map<String, String> producerSettings(Topic topic) {
        return topic.producer().plain();
    }

    /** Settings of a client that reads the topic; group and deserializers are the caller's, the rest as above. */
    public Map<String, String> consumerSettings(Topic topic) {
        return topic.consumer().plain();
    }

    /**
     * Settings of the lane's {@code KafkaStreams}, its clients' with their prefixes, and for all of them how the
     * environment's brokers are spoken to; addresses, identity, secrets and handlers are the service's, and what the
     * service sets wins.
     */
    public Map<String, String> streamsSettings(Lane lane) {
        return lane.settings().plain();
    }

    /**
     * The largest record that a lane may write to a topic, in bytes before compression: what the topic takes
     * ({@code max.message.bytes}) and the lane's producer sends ({@code max.request.size}), Kafka's defaults included.
     */
    public int largestRecord(Lane lane, Topic topic) {
        return largestRecord(lane, topic.settings(), Section.TOPIC, "max.message.bytes");
    }

    /** The same for the changelogs of the lane's stores. */
    public int largestChangelogRecord(Lane lane) {
        return largestRecord(lane, lane.settings(), Section.STREAMS, "topic.max.message.bytes");
    }

    private static int largestRecord(Lane lane, Settings settings, Section section, String name) {
        SettingDefinitions definitions = new SettingDefinitions();
        String taken = definitions.inEffect(settings, section, name).orElseThrow();
        String sent = definitions
                .inEffect(lane.settings(), Section.STREAMS, "producer.max.request.size")
                .orElseThrow();
        return Math.min(Integer.parseInt(taken), Integer.parseInt(sent));
    }
}
