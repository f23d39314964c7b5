package io.clinicalstreams.topics.render;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.EffectiveSetting;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Origin;
import io.clinicalstreams.topics.SettingDefinitions;
import io.clinicalstreams.topics.Settings;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicDefinitions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** Works out what takes effect: what the catalogue says, then what Kafka Streams decides, then Kafka's defaults. */
record Renderer(Catalogue catalogue) {

    Rendering topic(Topic topic) {
        Map<String, Object> about = about(topic, null);
        about.put("partitions", topic.partitions());
        about.put("replication", topic.replication());
        return new Rendering(about, settings(topic.settings(), Map.of(), TopicDefinitions.configDef(), false));
    }

    Rendering producer(Topic topic) {
        return new Rendering(
                about(topic, ClientKind.PRODUCER),
                settings(topic.producer(), Map.of(), ProducerConfig.configDef(), true));
    }

    Rendering consumer(Topic topic) {
        return new Rendering(
                about(topic, ClientKind.CONSUMER),
                settings(topic.consumer(), Map.of(), ConsumerConfig.configDef(), true));
    }

    Rendering streams(Lane lane) {
        return new Rendering(
                about(lane, ClientKind.STREAMS),
                settings(lane.settings(), new LaneClients(lane).streams(), StreamsConfig.configDef(), true));
    }

    Rendering producer(Lane lane) {
        return new Rendering(
                about(lane, ClientKind.PRODUCER),
                settings(
                        under(StreamsConfig.PRODUCER_PREFIX, lane),
                        new LaneClients(lane).producer(),
                        ProducerConfig.configDef(),
                        true));
    }

    /** The consumer that brings a lane its input. */
    Rendering consumer(Lane lane) {
        return new Rendering(
                about(lane, ClientKind.CONSUMER),
                settings(
                        under(StreamsConfig.MAIN_CONSUMER_PREFIX, lane),
                        new LaneClients(lane).mainConsumer(),
                        ConsumerConfig.configDef(),
                        true));
    }

    /** The consumer that keeps a lane's reference data in memory. */
    Rendering referenceConsumer(Lane lane) {
        return new Rendering(
                about(lane, ClientKind.CONSUMER),
                settings(
                        under(StreamsConfig.GLOBAL_CONSUMER_PREFIX, lane),
                        new LaneClients(lane).globalConsumer(),
                        ConsumerConfig.configDef(),
                        true));
    }

    private Map<String, Object> about(Topic topic, @Nullable ClientKind kind) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("environment", catalogue.environment());
        about.put("topic", topic.fullName());
        about.put("profile", topic.profile().name());
        if (kind != null) {
            about.put("client", kind.toString());
        }
        return about;
    }

    private Map<String, Object> about(Lane lane, ClientKind kind) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("environment", catalogue.environment());
        about.put("lane", lane.name());
        about.put("profile", lane.profile().name());
        about.put("client", kind.toString());
        return about;
    }

    /** A lane's settings for one of its clients, by the names that the client knows. */
    private static Map<String, EffectiveSetting> under(String prefix, Lane lane) {
        Map<String, EffectiveSetting> own = new LinkedHashMap<>();
        lane.settings().byName().forEach((name, setting) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), setting);
            }
        });
        return own;
    }

    private List<RenderedSetting> settings(
            Settings written, Map<String, ?> byStreams, ConfigDef definitions, boolean isClient) {
        return settings(written.byName(), byStreams, definitions, isClient);
    }

    private List<RenderedSetting> settings(
            Map<String, EffectiveSetting> written, Map<String, ?> byStreams, ConfigDef definitions, boolean isClient) {
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
        if (isClient) {
            String file = "environments/" + catalogue.environment() + ".yaml";
            catalogue
                    .where()
                    .security()
                    .clientSettings()
                    .forEach((name, value) -> all.put(
                            name,
                            new RenderedSetting(
                                    name,
                                    value,
                                    Origin.ENVIRONMENT,
                                    file,
                                    "security: how this environment's brokers are spoken to.",
                                    "documentation: follows from the environment")));
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
