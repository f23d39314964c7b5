package io.clinicalstreams.topics;

import io.clinicalstreams.topics.problem.UnknownNameException;
import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import io.clinicalstreams.topics.setting.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Every topic of the system in one environment, with the lanes that process them and the other clients, validated as a
 * whole. It is the only source of settings for producers, consumers and lanes, including the environment's security
 * settings. The caller adds addresses, identity, secrets and serializers; its settings take precedence.
 */
public record Catalogue(Environment where, List<Topic> topics, List<Lane> lanes, List<Client> clients) {

    /** The role of the operator, who maintains the topics. Every other role is named after its lane or client. */
    public static final String OPERATOR = "operator";

    public Catalogue {
        topics = List.copyOf(topics);
        lanes = List.copyOf(lanes);
        clients = List.copyOf(clients);
    }

    /** A catalogue without clients. */
    public Catalogue(Environment where, List<Topic> topics, List<Lane> lanes) {
        this(where, topics, lanes, List.of());
    }

    /** The same topics and lanes under other names on the cluster, without the clients. */
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
        return named("topic", name, topics, Topic::name);
    }

    /** @param name for example {@code recording} */
    public Lane lane(String name) {
        return named("lane", name, lanes, Lane::name);
    }

    /** @param name for example {@code gateway} */
    public Client client(String name) {
        return named("client", name, clients, Client::name);
    }

    /** The 99th percentile of the alerts' latency that the profile of their topic promises. */
    public Optional<Duration> alertObjective() {
        return topics.stream()
                .filter(topic -> topic.name().equals(TopicNames.ALERT_GENERATED))
                .findFirst()
                .map(alerts -> alerts.profile().objectives().alertP99());
    }

    private static <T> T named(String what, String name, List<T> all, Function<T, String> nameOf) {
        return all.stream()
                .filter(each -> nameOf.apply(each).equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownNameException(
                        what, name, all.stream().map(nameOf).toList()));
    }

    /**
     * The largest record that a lane may write to a topic, in bytes before compression: the smaller of the topic's
     * {@code max.message.bytes} and the {@code max.request.size} of the lane's producer, or Kafka's defaults.
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
