package io.clinicalstreams.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.clinicalstreams.topics.load.CatalogueLoader;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own classes accept the catalogue's settings, not only one by one but together. */
class KafkaTakesTheSettingsTest {

    private static final Map<String, Object> SOMEWHERE = Map.of("bootstrap.servers", "localhost:9092");

    @ParameterizedTest
    @ValueSource(strings = {"development", "staging", "production"})
    void forTopics(String environment) {
        Catalogue catalogue = CatalogueLoader.load(environment);

        assertThat(catalogue.topics()).allSatisfy(topic -> assertThatCode(
                        () -> LogConfig.validate(topic.settings().plain()))
                .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "staging", "production"})
    void forProducers(String environment) {
        Catalogue catalogue = CatalogueLoader.load(environment);

        assertThat(catalogue.topics()).allSatisfy(topic -> {
            Map<String, Object> settings = new HashMap<>(SOMEWHERE);
            settings.putAll(topic.producer().plain());
            settings.put("key.serializer", ByteArraySerializer.class);
            settings.put("value.serializer", ByteArraySerializer.class);
            ProducerConfig config = new ProducerConfig(settings);
            assertThat(config.originals())
                    .allSatisfy((name, value) -> assertThat(config.values()).containsKey(name));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "staging", "production"})
    void forConsumers(String environment) {
        Catalogue catalogue = CatalogueLoader.load(environment);

        assertThat(catalogue.topics()).allSatisfy(topic -> {
            Map<String, Object> settings = new HashMap<>(SOMEWHERE);
            settings.putAll(topic.consumer().plain());
            settings.put("group.id", "readers");
            settings.put("key.deserializer", ByteArrayDeserializer.class);
            settings.put("value.deserializer", ByteArrayDeserializer.class);
            ConsumerConfig config = new ConsumerConfig(settings);
            assertThat(config.originals())
                    .allSatisfy((name, value) -> assertThat(config.values()).containsKey(name));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "staging", "production"})
    void forLanes(String environment) {
        Catalogue catalogue = CatalogueLoader.load(environment);

        assertThat(catalogue.lanes()).allSatisfy(lane -> {
            Map<String, Object> settings = new HashMap<>(SOMEWHERE);
            settings.putAll(lane.settings().plain());
            settings.put("application.id", lane.applicationId());
            StreamsConfig config = new StreamsConfig(settings);
            Map<String, String> plain = lane.settings().plain();
            assertThat(config.getProducerConfigs("producer"))
                    .containsEntry("linger.ms", plain.get("producer.linger.ms"))
                    .containsEntry("max.request.size", plain.get("producer.max.request.size"))
                    .containsEntry("transaction.timeout.ms", plain.get("producer.transaction.timeout.ms"))
                    .containsEntry("enable.idempotence", true);
            assertThat(config.getMainConsumerConfigs("group", "consumer", 1))
                    .containsEntry("session.timeout.ms", plain.get("main.consumer.session.timeout.ms"))
                    .containsEntry("isolation.level", "read_committed");
        });
    }
}
