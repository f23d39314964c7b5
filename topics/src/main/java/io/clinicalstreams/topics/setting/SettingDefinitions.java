package io.clinicalstreams.topics.setting;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Kafka's definition of each setting: whether it exists, its type, its valid values. Also the settings that the
 * catalogue must not have, because code decides them.
 */
public final class SettingDefinitions {

    public static final String FOR_PRODUCER = StreamsConfig.PRODUCER_PREFIX;
    public static final String FOR_MAIN_CONSUMER = StreamsConfig.MAIN_CONSUMER_PREFIX;

    /**
     * Settings that Streams fixes for its clients under exactly-once and for its internal topics, or that the service
     * fixes for its lanes.
     */
    public static final Set<String> STREAMS_DECIDES = Set.of(
            "cleanup.policy",
            "remote.storage.enable",
            "enable.idempotence",
            "isolation.level",
            "enable.auto.commit",
            "allow.auto.create.topics",
            "auto.offset.reset",
            "partition.assignment.strategy",
            "group.protocol");

    private static final Set<String> FOLLOWS_FROM_ENVIRONMENT = Set.of(
            "min.insync.replicas", "replication.factor", "num.standby.replicas", "security.protocol", "sasl.mechanism");

    private static final Set<String> OWNED_BY_CODE = Set.of(
            "bootstrap.servers",
            "client.id",
            "key.serializer",
            "value.serializer",
            "transactional.id",
            "key.deserializer",
            "value.deserializer",
            "group.id",
            "group.instance.id",
            "application.id",
            "application.server",
            "state.dir",
            "default.key.serde",
            "default.value.serde",
            "errors.dead.letter.queue.topic.name",
            "deserialization.exception.handler",
            "default.deserialization.exception.handler",
            "processing.exception.handler",
            "processing.exception.handler.global.enabled",
            "production.exception.handler",
            "default.production.exception.handler");

    private static final Map<String, Section> STREAMS_PREFIXES = Map.of(
            FOR_PRODUCER,
            Section.PRODUCER,
            FOR_MAIN_CONSUMER,
            Section.CONSUMER,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            Section.CONSUMER,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            Section.CONSUMER,
            StreamsConfig.CONSUMER_PREFIX,
            Section.CONSUMER,
            StreamsConfig.TOPIC_PREFIX,
            Section.TOPIC);

    private final ConfigDef topic = TopicDefinitions.configDef();
    private final ConfigDef producer = ProducerConfig.configDef();
    private final ConfigDef consumer = ConsumerConfig.configDef();
    private final ConfigDef streams = StreamsConfig.configDef();
    private final ConfigDef broker = BrokerDefinitions.configDef();
    private final ConfigDef adminClient = AdminClientConfig.configDef();

    /** Whether the code that creates a client decides this setting, so that Kafka's default does not apply. */
    public static boolean isDecidedByCode(String name) {
        return OWNED_BY_CODE.contains(name);
    }

    /** A setting's name without the prefix that limits it to one kind of Kafka Streams' clients. */
    public static String withoutClientPrefix(String name) {
        return Stream.concat(STREAMS_PREFIXES.keySet().stream(), Stream.of(StreamsConfig.ADMIN_CLIENT_PREFIX))
                .filter(prefix -> !prefix.equals(StreamsConfig.TOPIC_PREFIX) && name.startsWith(prefix))
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
    }

    /** The problem with a setting, if any. */
    public Optional<String> problemWith(Section section, String name, String value) {
        if (FOLLOWS_FROM_ENVIRONMENT.contains(name)) {
            return Optional.of("is not set here: it follows from the environment");
        }
        if (OWNED_BY_CODE.contains(name)) {
            return Optional.of("is not set here: the program that creates the client decides it");
        }
        if (section == Section.STREAMS) {
            for (Map.Entry<String, Section> prefix : STREAMS_PREFIXES.entrySet()) {
                if (name.startsWith(prefix.getKey())) {
                    String plain = name.substring(prefix.getKey().length());
                    return STREAMS_DECIDES.contains(plain)
                            ? Optional.of("is not set here: Kafka Streams or the service decides it for a lane")
                            : problemWith(prefix.getValue(), plain, value);
                }
            }
            if (name.startsWith(StreamsConfig.ADMIN_CLIENT_PREFIX)) {
                String plain = name.substring(StreamsConfig.ADMIN_CLIENT_PREFIX.length());
                return problemWith(adminClient, "admin client", plain, value);
            }
        }
        return problemWith(definitionOf(section), section.toString(), name, value);
    }

    /** The value in effect: the written one, otherwise Kafka's default. */
    public Optional<String> inEffect(Settings written, Section section, String name) {
        return written.get(name).map(EffectiveSetting::value).or(() -> defaultOf(section, name));
    }

    /** Kafka's default for a setting, as text; for a client inside Streams, the plain client's default. */
    public Optional<String> defaultOf(Section section, String name) {
        if (section == Section.STREAMS) {
            for (Map.Entry<String, Section> prefix : STREAMS_PREFIXES.entrySet()) {
                if (name.startsWith(prefix.getKey())) {
                    return defaultOf(
                            prefix.getValue(), name.substring(prefix.getKey().length()));
                }
            }
        }
        ConfigDef.ConfigKey key = definitionOf(section).configKeys().get(name);
        return key == null || !key.hasDefault()
                ? Optional.empty()
                : Optional.ofNullable(ConfigDef.convertToString(key.defaultValue, key.type));
    }

    private ConfigDef definitionOf(Section section) {
        return switch (section) {
            case TOPIC -> topic;
            case PRODUCER -> producer;
            case CONSUMER -> consumer;
            case STREAMS -> streams;
            case BROKER -> broker;
        };
    }

    /** Kafka's own message has no unit, and "7d" is a common mistake. */
    private static String unit(String name) {
        return name.endsWith(".ms")
                ? "; the unit is milliseconds"
                : name.endsWith(".bytes") ? "; the unit is bytes" : "";
    }

    private static Optional<String> problemWith(ConfigDef definitions, String owner, String name, String value) {
        ConfigDef.ConfigKey key = definitions.configKeys().get(name);
        if (key == null || key.internalConfig) {
            return Optional.of(
                    "Kafka has no such " + owner + " setting" + Spelling.suggestion(name, definitions.names()));
        }
        if (key.type == ConfigDef.Type.PASSWORD) {
            return Optional.of("secrets are not allowed in the catalogue; use --command-config");
        }
        try {
            Object parsed = ConfigDef.parseType(name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(name, parsed);
            }
            return Optional.empty();
        } catch (ConfigException refused) {
            return Optional.of(refused.getMessage() + unit(name));
        }
    }
}
