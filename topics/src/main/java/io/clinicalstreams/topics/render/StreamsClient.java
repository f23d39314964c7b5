package io.clinicalstreams.topics.render;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/** A lane's application and the clients that Kafka Streams creates for it, with the settings that it passes to each. */
@SuppressWarnings("ImmutableEnumChecker") // none of them is changed
public enum StreamsClient {
    STREAMS(StreamsConfig.configDef(), StreamsConfig::values),
    MAIN_CONSUMER(
            ConsumerConfig.configDef(),
            config -> config.getMainConsumerConfigs(StreamsClient.ANY, StreamsClient.ANY, 0),
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.MAIN_CONSUMER_PREFIX),
    RESTORE_CONSUMER(
            ConsumerConfig.configDef(),
            config -> config.getRestoreConsumerConfigs(StreamsClient.ANY),
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX),
    GLOBAL_CONSUMER(
            ConsumerConfig.configDef(),
            config -> config.getGlobalConsumerConfigs(StreamsClient.ANY),
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX),
    PRODUCER(
            ProducerConfig.configDef(),
            config -> config.getProducerConfigs(StreamsClient.ANY),
            StreamsConfig.PRODUCER_PREFIX),
    ADMIN(
            AdminClientConfig.configDef(),
            config -> config.getAdminConfigs(StreamsClient.ANY),
            StreamsConfig.ADMIN_CLIENT_PREFIX),
    /** Internal topics; their defaults are the brokers'. */
    TOPIC(new ConfigDef(), config -> Map.of(), StreamsConfig.TOPIC_PREFIX);

    private static final String ANY = "any";

    private final ConfigDef definitions;
    private final Function<StreamsConfig, Map<String, ?>> byStreams;
    private final List<String> prefixes;

    StreamsClient(ConfigDef definitions, Function<StreamsConfig, Map<String, ?>> byStreams, String... prefixes) {
        this.definitions = definitions;
        this.byStreams = byStreams;
        this.prefixes = List.of(prefixes);
    }

    public ConfigDef definitions() {
        return definitions;
    }

    /** The settings that Kafka Streams passes to the client: the catalogue's and its own. */
    Map<String, ?> inEffect(Lane lane) {
        return byStreams.apply(config(lane));
    }

    /** The lane's configuration, without what the service adds. */
    public static StreamsConfig config(Lane lane) {
        Map<String, Object> settings = new HashMap<>(lane.settings().plain());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, lane.applicationId());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        return new UnloggedConfig(settings);
    }

    /**
     * The catalogue's settings for the client, by the client's names: those for all clients of the lane, overridden by
     * those under each prefix, in order.
     */
    Map<String, EffectiveSetting> written(Lane lane) {
        Map<String, EffectiveSetting> written =
                new LinkedHashMap<>(lane.settings().byName());
        written.keySet().retainAll(definitions.names());
        prefixes.forEach(prefix -> lane.settings().byName().forEach((name, setting) -> {
            if (name.startsWith(prefix)) {
                written.put(name.substring(prefix.length()), setting);
            }
        }));
        return written;
    }

    /** Kafka Streams' prefix for it, without the dot: {@code main.consumer}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** A configuration that Kafka does not log when it is created. */
    private static final class UnloggedConfig extends StreamsConfig {

        UnloggedConfig(Map<String, ?> settings) {
            super(settings, false);
        }
    }
}
