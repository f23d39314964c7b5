package io.clinicalstreams.topics.render;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import io.clinicalstreams.topics.setting.TopicDefinitions;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.jspecify.annotations.Nullable;

/** Determines the settings in effect: the catalogue's, then those that Kafka Streams decides, then Kafka's defaults. */
public record Renderer(Catalogue catalogue) {

    private static final String TOPIC = "topic";
    private static final String PROFILE = "profile";
    private static final String LANE = "lane";
    private static final String CLIENT = "client";

    Rendering topic(Topic topic) {
        Map<String, Object> about =
                about(TOPIC, topic.fullName(), topic.profile().name());
        about.put("partitions", topic.partitions());
        about.put("replication", topic.replication());
        return new Rendering(about, settings(topic.settings().byName(), Map.of(), TopicDefinitions.configDef()));
    }

    /** For writers other than lanes. */
    Rendering producer(Topic topic) {
        return new Rendering(
                ofOthers(topic, ClientKind.PRODUCER, "any writer; no lane writes it"),
                settings(topic.producer().byName(), Map.of(), ProducerConfig.configDef()));
    }

    /** For readers other than lanes. */
    Rendering consumer(Topic topic) {
        return new Rendering(
                ofOthers(topic, ClientKind.CONSUMER, "readers other than lanes"),
                settings(topic.consumer().byName(), Map.of(), ConsumerConfig.configDef()));
    }

    /** The catalogue's settings of a lane's changelog; Kafka Streams and the brokers decide the rest. */
    Rendering changelog(String name, Lane keeper) {
        Map<String, Object> about = about(TOPIC, name, keeper.profile().name());
        about.put(LANE, keeper.name() + ", its changelog");
        return new Rendering(about, settings(keeper, StreamsClient.TOPIC));
    }

    /**
     * For a lane's client that writes or reads a topic.
     *
     * @param role the client's role in the lane, or the lane's among the topic's writers
     */
    Rendering client(String topic, Lane lane, StreamsClient client, String role) {
        ClientKind kind = client == StreamsClient.PRODUCER ? ClientKind.PRODUCER : ClientKind.CONSUMER;
        Map<String, Object> about = about(TOPIC, topic, lane.profile().name());
        about.put(CLIENT, kind.toString());
        about.put(LANE, lane.name() + ", " + role);
        return new Rendering(
                about,
                settings(lane, client).stream()
                        .map(setting -> setting.through(lane.name()))
                        .toList());
    }

    /**
     * For a lane: its application with its clients' settings under prefixes, its producer, or the consumer of its
     * input.
     */
    Rendering lane(Lane lane, ClientKind kind) {
        Map<String, Object> about = about(LANE, lane.name(), lane.profile().name());
        about.put(CLIENT, kind.toString());
        return new Rendering(
                about,
                switch (kind) {
                    case STREAMS ->
                        settings(
                                lane.settings().byName(),
                                StreamsClient.STREAMS.inEffect(lane),
                                StreamsClient.STREAMS.definitions());
                    case PRODUCER -> settings(lane, StreamsClient.PRODUCER);
                    case CONSUMER -> settings(lane, StreamsClient.MAIN_CONSUMER);
                });
    }

    /** Everything in effect for a lane, Kafka's defaults included. */
    public Map<StreamsClient, List<RenderedSetting>> clients(Lane lane) {
        Map<StreamsClient, List<RenderedSetting>> all = new EnumMap<>(StreamsClient.class);
        for (StreamsClient client : StreamsClient.values()) {
            all.put(client, settings(lane, client));
        }
        return all;
    }

    private Map<String, Object> ofOthers(Topic topic, ClientKind kind, String who) {
        Map<String, Object> about =
                about(TOPIC, topic.fullName(), topic.profile().name());
        about.put(CLIENT, kind.toString());
        about.put("of", who);
        return about;
    }

    private Map<String, Object> about(String what, String name, String profile) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("environment", catalogue.environment());
        about.put(what, name);
        about.put(PROFILE, profile);
        return about;
    }

    private static List<RenderedSetting> settings(Lane lane, StreamsClient client) {
        return settings(client.written(lane), client.inEffect(lane), client.definitions());
    }

    private static List<RenderedSetting> settings(
            Map<String, EffectiveSetting> written, Map<String, ?> byStreams, ConfigDef definitions) {
        Map<String, RenderedSetting> all = new LinkedHashMap<>();
        for (ConfigKey key : definitions.configKeys().values()) {
            if (!key.internalConfig && !SettingDefinitions.isDecidedByCode(key.name)) {
                String byKafka = text(key.hasDefault() ? key.defaultValue : null, key);
                String inStreams = byStreams.containsKey(key.name) ? text(byStreams.get(key.name), key) : byKafka;
                if (!inStreams.isEmpty()) {
                    all.put(
                            key.name,
                            RenderedSetting.defaultOf(
                                    inStreams.equals(byKafka) ? "Kafka" : "Kafka Streams", key.name, inStreams));
                }
            }
        }
        written.forEach((name, setting) -> all.put(name, RenderedSetting.of(name, setting)));
        return List.copyOf(all.values());
    }

    /** The value in a properties file; empty if there is none. */
    private static String text(@Nullable Object value, ConfigKey key) {
        if (value == null) {
            return "";
        }
        return value instanceof String text ? text : String.valueOf(ConfigDef.convertToString(value, key.type));
    }
}
