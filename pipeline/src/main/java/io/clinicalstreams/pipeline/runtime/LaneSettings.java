package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.cluster.Login;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of the lanes' clients: the catalogue's, those that the service sets itself, and its configuration's. */
record LaneSettings(PipelineConfig config, Catalogue catalogue) {

    /**
     * Always on in Kafka 5.0. Until then, Streams warns wherever it is not set, and its assignor only sees the main
     * consumer's settings. Its constant is already deprecated.
     */
    private static final String HANDLE_GLOBAL_THREAD = "processing.exception.handler.global.enabled";

    private static final int TRANSACTIONS_BEFORE_STUCK = 3;

    Properties of(Lane lane) {
        Properties settings = new Properties();
        settings.putAll(lane.settings().plain());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, lane.applicationId());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, directory().toString());
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                new LaneAgreement(catalogue, lane).memberId(config.instanceId()));
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, FailWithCoordinates.class.getName());
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailWithCoordinates.class.getName());
        settings.put(HANDLE_GLOBAL_THREAD, "true");
        settings.put(StreamsConfig.mainConsumerPrefix(HANDLE_GLOBAL_THREAD), "true");
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailWithCoordinates.class.getName());
        // A setting without a client's prefix is for all clients, so it replaces the catalogue's setting for a single
        // client.
        settings.keySet()
                .removeIf(name -> config.kafka().containsKey(SettingDefinitions.withoutClientPrefix(name.toString())));
        settings.putAll(config.kafka());
        return settings;
    }

    Map<String, Object> admin() {
        Login.demand(catalogue.where(), config.kafka(), "the service's settings (kafka:, or --command-config)");
        Map<String, Object> settings =
                new HashMap<>(catalogue.where().security().clientSettings());
        settings.putAll(config.kafka());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }

    /** The longest session of a member of any lane's group. */
    Duration longestSession() {
        return longest("main.consumer", ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
    }

    /**
     * How long a lane may move nothing before it counts as stuck. By then, the brokers have aborted a transaction that
     * made no progress, and the lane has tried again. One lane waits for the open transactions of another, so the longest
     * timeout of all lanes counts.
     */
    Duration patience() {
        return longest("producer", ProducerConfig.TRANSACTION_TIMEOUT_CONFIG).multipliedBy(TRANSACTIONS_BEFORE_STUCK);
    }

    private Duration longest(String client, String setting) {
        return Duration.ofMillis(catalogue.lanes().stream()
                .map(lane -> ClientSettings.of(lane.name(), new StreamsConfig(of(lane))))
                .mapToLong(clients -> clients.number(client, setting))
                .max()
                .orElse(0));
    }

    /** This instance's folder; no other process writes to it. */
    Path directory() {
        return config.stateDirectory().resolve(config.instanceId());
    }
}
