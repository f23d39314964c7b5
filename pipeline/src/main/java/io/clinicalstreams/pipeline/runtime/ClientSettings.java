package io.clinicalstreams.pipeline.runtime;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The effective settings of a lane's Kafka clients, as Kafka Streams derives them from its configuration and defaults.
 * Contains only settings that Kafka defines, and no secrets.
 *
 * @param byClient by Kafka Streams' prefix for the client, without the dot ({@code main.consumer}, {@code producer} and
 *     so on; {@code streams} for the application, {@code topic} for its internal topics), then by name
 */
record ClientSettings(
        String lane,
        String applicationId,
        @JsonProperty("settings") Map<String, Map<String, String>> byClient) {

    private static final String HIDDEN = "[hidden]";
    private static final ObjectMapper JSON = new ObjectMapper();

    static ClientSettings of(String lane, StreamsConfig config) {
        String applicationId = config.getString(StreamsConfig.APPLICATION_ID_CONFIG);
        Map<String, Map<String, String>> byClient = new LinkedHashMap<>();
        byClient.put("streams", texts(StreamsConfig.configDef(), config.values()));
        byClient.put(
                "main.consumer",
                consumer(config.getMainConsumerConfigs(applicationId, applicationId + "-consumer", 1)));
        byClient.put("restore.consumer", consumer(config.getRestoreConsumerConfigs(applicationId + "-restore")));
        byClient.put("global.consumer", consumer(config.getGlobalConsumerConfigs(applicationId + "-global")));
        byClient.put("producer", producer(config.getProducerConfigs(applicationId + "-producer")));
        ConfigDef admin = AdminClientConfig.configDef();
        byClient.put("admin", texts(admin, admin.parse(config.getAdminConfigs(applicationId + "-admin"))));
        Map<String, String> topic = new TreeMap<>();
        config.originalsWithPrefix(StreamsConfig.TOPIC_PREFIX)
                .forEach((name, value) -> topic.put(name, String.valueOf(value)));
        byClient.put("topic", topic);
        return new ClientSettings(lane, applicationId, byClient);
    }

    /** {@code {"lanes":[{"lane":"..","applicationId":"..","settings":{"producer":{"linger.ms":"0",..},..}}]}} */
    static String json(List<ClientSettings> lanes) {
        try {
            return JSON.writeValueAsString(Map.of("lanes", lanes)) + '\n';
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    long number(String client, String setting) {
        return Long.parseLong(Objects.requireNonNull(
                Objects.requireNonNull(byClient.get(client)).get(setting)));
    }

    /** Streams passes serializers to the clients directly, but Kafka's definitions require the settings. */
    private static Map<String, String> consumer(Map<String, Object> given) {
        Map<String, Object> settings = new HashMap<>(given);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        ConfigDef definitions = ConsumerConfig.configDef();
        return texts(definitions, definitions.parse(settings));
    }

    private static Map<String, String> producer(Map<String, Object> given) {
        Map<String, Object> settings = new HashMap<>(given);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        ConfigDef definitions = ProducerConfig.configDef();
        return texts(definitions, definitions.parse(settings));
    }

    private static Map<String, String> texts(ConfigDef definitions, Map<String, ?> values) {
        Map<String, String> texts = new TreeMap<>();
        definitions.configKeys().forEach((name, key) -> {
            Object value = values.get(name);
            if (value != null) {
                texts.put(name, isSecret(key) ? HIDDEN : ConfigDef.convertToString(value, key.type));
            }
        });
        return texts;
    }

    private static boolean isSecret(ConfigKey key) {
        return key.type == ConfigDef.Type.PASSWORD || key.name.contains("sasl.jaas");
    }
}
