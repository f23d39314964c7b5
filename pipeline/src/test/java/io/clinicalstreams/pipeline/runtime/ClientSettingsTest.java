package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** A service shows its clients' effective settings as decided by Kafka Streams, and no secrets. */
class ClientSettingsTest {

    private static final String SECRET = "canary-7f3a";

    private final Lane lane = CatalogueLoader.load("development").lane("alerting");

    @Test
    void reportsTheCataloguesAndStreamsSettings() throws IOException {
        JsonNode settings = settings(Map.of());

        assertThat(settings.at("/producer/linger.ms").asText()).isEqualTo("0");
        assertThat(settings.at("/producer/enable.idempotence").asText()).isEqualTo("true");
        assertThat(settings.at("/main.consumer/isolation.level").asText()).isEqualTo("read_committed");
        assertThat(settings.at("/main.consumer/max.poll.records").asText()).isEqualTo("1000");
        assertThat(settings.at("/streams/commit.interval.ms").asText()).isEqualTo("100");
        assertThat(settings.at("/topic/min.insync.replicas").asText()).isEqualTo("1");
        assertThat(settings.at("/producer/delivery.timeout.ms").isMissingNode()).isFalse();
    }

    @Test
    void reportsASettingThatTheServiceOverrode() throws IOException {
        assertThat(settings(Map.of("producer.linger.ms", "7"))
                        .at("/producer/linger.ms")
                        .asText())
                .isEqualTo("7");
    }

    @Test
    void hidesEverySecret() throws IOException {
        String login = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\""
                + SECRET + "\";";
        JsonNode settings = settings(Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", login,
                "producer.sasl.jaas.config", login,
                "ssl.keystore.password", SECRET,
                "main.consumer.ssl.truststore.password", SECRET,
                "unknown.to.kafka", SECRET));

        assertThat(settings.toString()).doesNotContain(SECRET);
        assertThat(settings.at("/producer/sasl.jaas.config").asText()).isEqualTo("[hidden]");
        assertThat(settings.at("/main.consumer/ssl.truststore.password").asText())
                .isEqualTo("[hidden]");
        assertThat(settings.at("/producer/sasl.mechanism").asText()).isEqualTo("PLAIN");
    }

    private JsonNode settings(Map<String, String> more) throws IOException {
        Properties settings = new Properties();
        settings.putAll(lane.settings().plain());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, lane.applicationId());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        settings.putAll(more);
        String json = ClientSettings.json(List.of(ClientSettings.of("alerting", new StreamsConfig(settings))));
        JsonNode lanes = new ObjectMapper().readTree(json).get("lanes");
        assertThat(lanes).hasSize(1);
        assertThat(lanes.get(0).get("lane").asText()).isEqualTo("alerting");
        assertThat(lanes.get(0).get("applicationId").asText()).isEqualTo("clinical-streams.alerting");
        return lanes.get(0).get("settings");
    }
}
