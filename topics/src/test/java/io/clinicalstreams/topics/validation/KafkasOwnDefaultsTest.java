package io.clinicalstreams.topics.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.setting.BrokerDefinitions;
import io.clinicalstreams.topics.setting.StreamsDefaults;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** The defaults repeated in the checks equal those of the Kafka version in use. */
class KafkasOwnDefaultsTest {

    @Test
    void ofBrokersAreRepeatedRightly() {
        assertThat(BrokerDefinitions.configDef().defaultValues()).isNotEmpty().allSatisfy((name, value) -> assertThat(
                        AbstractKafkaConfig.CONFIG_DEF.defaultValues())
                .containsEntry(name, value));
    }

    @Test
    void ofStreamsAreRepeatedRightly() {
        assertThat(StreamsDefaults.AT_LEAST_ONCE)
                .allSatisfy((name, value) ->
                        assertThat(inStreams(name, "at_least_once")).isEqualTo(value));
    }

    @Test
    void ofStreamsUnderExactlyOnceAreRepeatedRightly() {
        assertThat(StreamsDefaults.EXACTLY_ONCE)
                .allSatisfy((name, value) ->
                        assertThat(inStreams(name, "exactly_once_v2")).isEqualTo(value));
    }

    private static String inStreams(String name, String guarantee) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("application.id", "any");
        settings.put("bootstrap.servers", "localhost:9092");
        settings.put("processing.guarantee", guarantee);
        StreamsConfig config = new StreamsConfig(settings);
        if (name.startsWith("producer.")) {
            return String.valueOf(config.getProducerConfigs("any").get(name.substring("producer.".length())));
        }
        return String.valueOf(
                name.startsWith("main.consumer.")
                        ? config.getMainConsumerConfigs("any", "any", 0).get(name.substring("main.consumer.".length()))
                        : config.values().get(name));
    }
}
