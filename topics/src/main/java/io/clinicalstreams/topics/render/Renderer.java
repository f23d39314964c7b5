package io.clinicalstreams.topics.render;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import io.clinicalstreams.topics.setting.TopicDefinitions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** Works out what takes effect: what the catalogue says, then what Kafka Streams decides, then Kafka's defaults. */
public record Renderer(Catalogue catalogue) {

    private static final String LANE = "lane";

    Rendering topic(Topic topic) {
        Map<String, Object> about = about(topic);
        about.put("partitions", topic.partitions());
        about.put("replication", topic.replication());
        return new Rendering(about, settings(topic.settings().byName(), Map.of(), TopicDefinitions.configDef()));
    }

    /** Of writers that are no lane. */
    Rendering producer(Topic topic) {
        return new Rendering(
                ofOthers(topic, ClientKind.PRODUCER, "any writer; no lane writes it"),
                settings(topic.producer().byName(), Map.of(), ProducerConfig.configDef()));
    }

    /** Of readers that are no lane. */
    Rendering consumer(Topic topic) {
        return new Rendering(
                ofOthers(topic, ClientKind.CONSUMER, "readers that are no lane"),
                settings(topic.consumer().byName(), Map.of(), ConsumerConfig.configDef()));
    }

    /** @param role what the lane is among the topic's writers */
    Rendering producer(String topic, Lane writer, String role) {
        return ofLane(topic, writer, ClientKind.PRODUCER, role, producerSettings(writer));
    }

    /** Of a lane that processes the topic. */
    Rendering mainConsumer(Topic topic, Lane reader) {
        return ofLane(topic.fullName(), reader, ClientKind.CONSUMER, "its main consumer", mainConsumerSettings(reader));
    }

    /** Of a lane that holds the topic in memory. */
    Rendering globalConsumer(Topic topic, Lane holder) {
        return ofLane(
                topic.fullName(), holder, ClientKind.CONSUMER, "its global consumer", globalConsumerSettings(holder));
    }

    /** Of the lane whose state is in the changelog. */
    Rendering restoreConsumer(String changelog, Lane keeper) {
        return ofLane(changelog, keeper, ClientKind.CONSUMER, "its restore consumer", restoreConsumerSettings(keeper));
    }

    /** What the catalogue says of a lane's changelog; Kafka Streams and the brokers decide the rest. */
    Rendering changelog(String name, Lane keeper) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("environment", catalogue.environment());
        about.put("topic", name);
        about.put("profile", keeper.profile().name());
        about.put(LANE, keeper.name() + ", its changelog");
        return new Rendering(about, internalTopicSettings(keeper));
    }

    Rendering streams(Lane lane) {
        return new Rendering(
                about(lane, ClientKind.STREAMS),
                settings(lane.settings().byName(), new LaneClients(lane).streams(), StreamsConfig.configDef()));
    }

    Rendering producer(Lane lane) {
        return new Rendering(about(lane, ClientKind.PRODUCER), producerSettings(lane));
    }

    /** The consumer that brings a lane its input. */
    Rendering consumer(Lane lane) {
        return new Rendering(about(lane, ClientKind.CONSUMER), mainConsumerSettings(lane));
    }

    /**
     * Everything in effect for a lane, Kafka's defaults included.
     *
     * @return by the prefix that Kafka Streams has for the client, without its dot: {@code main.consumer}, {@code
     *     producer} and so on, {@code streams} for the application; under {@code topic} only what the catalogue says of
     *     internal topics, because the brokers have the defaults
     */
    public Map<String, List<RenderedSetting>> clients(Lane lane) {
        LaneClients clients = new LaneClients(lane);
        Map<String, List<RenderedSetting>> all = new LinkedHashMap<>();
        ConfigDef streams = StreamsConfig.configDef();
        all.put("streams", settings(clients.written(streams), clients.streams(), streams));
        all.put("main.consumer", mainConsumerSettings(lane));
        all.put("restore.consumer", restoreConsumerSettings(lane));
        all.put("global.consumer", globalConsumerSettings(lane));
        all.put("producer", producerSettings(lane));
        ConfigDef admin = AdminClientConfig.configDef();
        all.put("admin", settings(clients.written(admin, StreamsConfig.ADMIN_CLIENT_PREFIX), clients.admin(), admin));
        all.put("topic", internalTopicSettings(lane));
        return all;
    }

    private static List<RenderedSetting> producerSettings(Lane lane) {
        LaneClients clients = new LaneClients(lane);
        ConfigDef producer = ProducerConfig.configDef();
        return settings(clients.written(producer, StreamsConfig.PRODUCER_PREFIX), clients.producer(), producer);
    }

    private static List<RenderedSetting> mainConsumerSettings(Lane lane) {
        LaneClients clients = new LaneClients(lane);
        return consumerSettings(clients, StreamsConfig.MAIN_CONSUMER_PREFIX, clients.mainConsumer());
    }

    private static List<RenderedSetting> restoreConsumerSettings(Lane lane) {
        LaneClients clients = new LaneClients(lane);
        return consumerSettings(clients, StreamsConfig.RESTORE_CONSUMER_PREFIX, clients.restoreConsumer());
    }

    private static List<RenderedSetting> internalTopicSettings(Lane lane) {
        ConfigDef nothing = new ConfigDef();
        return settings(new LaneClients(lane).written(nothing, StreamsConfig.TOPIC_PREFIX), Map.of(), nothing);
    }

    private static List<RenderedSetting> globalConsumerSettings(Lane lane) {
        LaneClients clients = new LaneClients(lane);
        return consumerSettings(clients, StreamsConfig.GLOBAL_CONSUMER_PREFIX, clients.globalConsumer());
    }

    private static List<RenderedSetting> consumerSettings(
            LaneClients clients, String prefix, Map<String, ?> byStreams) {
        ConfigDef consumer = ConsumerConfig.configDef();
        return settings(clients.written(consumer, StreamsConfig.CONSUMER_PREFIX, prefix), byStreams, consumer);
    }

    private Rendering ofLane(String topic, Lane lane, ClientKind kind, String role, List<RenderedSetting> settings) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("environment", catalogue.environment());
        about.put("topic", topic);
        about.put("profile", lane.profile().name());
        about.put("client", kind.toString());
        about.put(LANE, lane.name() + ", " + role);
        return new Rendering(
                about,
                settings.stream().map(setting -> setting.through(lane.name())).toList());
    }

    private Map<String, Object> ofOthers(Topic topic, ClientKind kind, String who) {
        Map<String, Object> about = about(topic);
        about.put("client", kind.toString());
        about.put("of", who);
        return about;
    }

    private Map<String, Object> about(Topic topic) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("environment", catalogue.environment());
        about.put("topic", topic.fullName());
        about.put("profile", topic.profile().name());
        return about;
    }

    private Map<String, Object> about(Lane lane, ClientKind kind) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("environment", catalogue.environment());
        about.put(LANE, lane.name());
        about.put("profile", lane.profile().name());
        about.put("client", kind.toString());
        return about;
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
                            inStreams.equals(byKafka)
                                    ? RenderedSetting.byKafka(key.name, byKafka)
                                    : RenderedSetting.byStreams(key.name, inStreams));
                }
            }
        }
        written.forEach((name, setting) -> all.put(name, RenderedSetting.of(name, setting)));
        return List.copyOf(all.values());
    }

    /** As a properties file has it; empty where there is no value. */
    private static String text(@Nullable Object value, ConfigKey key) {
        if (value == null) {
            return "";
        }
        return value instanceof String text ? text : String.valueOf(ConfigDef.convertToString(value, key.type));
    }
}
