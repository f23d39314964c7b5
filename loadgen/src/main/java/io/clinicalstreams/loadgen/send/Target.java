package io.clinicalstreams.loadgen.send;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The target topic and the settings of the producers that send to it. */
public final class Target {

    private final RecordSizeLimit limit;
    private final Map<String, Object> settings;
    private final ProducerConfig effective;

    Target(RecordSizeLimit limit, Map<String, Object> settings) {
        this.limit = limit;
        this.settings = new HashMap<>(settings);
        this.settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        this.settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        this.effective = new ProducerConfig(this.settings);
    }

    /**
     * {@code clinical.resource.received} with its producer settings in the catalogue.
     *
     * @param clientSettings connection and credentials; they override the catalogue's
     */
    public static Target received(Catalogue catalogue, Map<String, ?> clientSettings) {
        return of(catalogue, TopicNames.RESOURCE_RECEIVED, clientSettings, Map.of());
    }

    /**
     * Any topic: one of the catalogue with its producer settings, any other topic of the cluster with Kafka's defaults.
     *
     * @param topic its name in the catalogue or on the cluster
     * @param clientSettings connection and credentials; they override the catalogue's
     * @param overrides producer settings that override all others
     * @throws org.apache.kafka.common.config.ConfigException when a producer rejects these settings
     */
    public static Target of(
            Catalogue catalogue, String topic, Map<String, ?> clientSettings, Map<String, String> overrides) {
        Map<String, Object> settings = new HashMap<>();
        // For a topic outside the catalogue the broker enforces the limit.
        Map<String, String> ofTopic = Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "" + Integer.MAX_VALUE);
        String fullName = topic;
        for (Topic known : catalogue.topics()) {
            if (topic.equals(known.name()) || topic.equals(known.fullName())) {
                fullName = known.fullName();
                settings.putAll(known.producer().plain());
                ofTopic = known.settings().plain();
            }
        }
        settings.putAll(clientSettings);
        settings.putAll(overrides);
        return new Target(RecordSizeLimit.of(fullName, ofTopic, settings), settings);
    }

    /**
     * A topic of the cluster, by its full name, with all settings of its producers, connection included. Only the broker
     * enforces the topic's size limit.
     */
    public static Target of(String topic, Map<String, ?> settings) {
        Map<String, String> ofTopic = Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "" + Integer.MAX_VALUE);
        Map<String, Object> all = new HashMap<>(settings);
        return new Target(RecordSizeLimit.of(topic, ofTopic, all), all);
    }

    /** The full name. */
    public String topic() {
        return limit.topic();
    }

    /** The producers' effective settings, Kafka's defaults and adjustments included; secrets as {@code [hidden]}. */
    public Map<String, Object> effectiveSettings() {
        Map<String, Object> all = new TreeMap<>();
        effective.values().forEach((name, value) -> {
            if (value != null) {
                all.put(name, value instanceof Number || value instanceof Boolean ? value : text(value));
            }
        });
        return all;
    }

    RecordSizeLimit limit() {
        return limit;
    }

    /** False with {@code acks=0}: the broker then confirms nothing. */
    boolean isConfirming() {
        return !"0".equals(effective.getString(ProducerConfig.ACKS_CONFIG));
    }

    Producer<byte[], byte[]> open() {
        return new KafkaProducer<>(settings);
    }

    /** A setting's value as written in a file: {@code acks} as {@code all}, a class by its name. */
    public static String text(@Nullable Object value) {
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        return "-1".equals(value) ? "all" : String.valueOf(value);
    }
}
