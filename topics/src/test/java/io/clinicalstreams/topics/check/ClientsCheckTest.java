package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.check.ClientsPage.RunningLane;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service's client settings are compared with the catalogue's, one by one. */
class ClientsCheckTest {

    private final Catalogue catalogue = CatalogueLoader.load("production");
    private final Lane alerting = catalogue.lane("alerting");
    private final Map<String, Map<String, String>> used = asAServiceSays(alerting);

    @Test
    void holdsForClientsThatUseTheCatalogue() {
        assertThat(result().details()).containsExactly("lanes alerting use the catalogue's settings");
        assertThat(result().verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void holdsForTheRecordingLaneToo() {
        Lane recording = catalogue.lane("recording");

        assertThat(check(new RunningLane("recording", recording.applicationId(), asAServiceSays(recording)))
                        .verdict())
                .isEqualTo(Verdict.HELD);
    }

    @Test
    void namesEverySettingThatDiffers() {
        settings("producer").put("linger.ms", "100");
        settings("streams").put("commit.interval.ms", "30");

        assertThat(result().details())
                .containsExactly(
                        "lane alerting: commit.interval.ms is 30, the catalogue says 100 (profiles/latency.yaml)",
                        "lane alerting: producer.linger.ms is 100, the catalogue says 0 (profiles/latency.yaml)");
    }

    @Test
    void namesASettingThatIsNotUsed() {
        settings("main.consumer").remove("max.poll.records");

        assertThat(result().details())
                .containsExactly("lane alerting: main.consumer.max.poll.records is not used, the catalogue says 1000"
                        + " (profiles/latency.yaml)");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiterString = " | ", textBlock = """
            producer | retries | 1 | leaves it at 2147483647 (default of Kafka)
            producer | delivery.timeout.ms | 120000 | leaves it at 2147483647 (default of Kafka Streams)
            producer | partitioner.class | org.apache.kafka.clients.producer.RoundRobinPartitioner | leaves it unset
            restore.consumer | max.poll.records | 1 | leaves it at 1000 (default of Kafka Streams)
            streams | max.warmup.replicas | 7 | leaves it at 2 (default of Kafka)
            topic | retention.ms | 1 | leaves it unset
            """)
    void namesADefaultThatAServiceChanged(String client, String name, String value, String instead) {
        settings(client).put(name, value);

        String prefix = client.equals("streams") ? "" : client + '.';
        assertThat(result().details())
                .containsExactly("lane alerting: " + prefix + name + " is " + value + ", the catalogue " + instead);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiterString = " | ", textBlock = """
            streams | state.dir | /elsewhere
            streams | bootstrap.servers | broker-7:9092
            streams | production.exception.handler | java.lang.String
            streams | metrics.recording.level | DEBUG
            main.consumer | group.instance.id | ward-7
            main.consumer | client.rack | rack-7
            main.consumer | interceptor.classes | java.lang.String
            producer | sasl.jaas.config | [hidden]
            admin | ssl.truststore.location | /etc/kafka/ca.pem
            """)
    void leavesOutWhatIsDecidedWhereAClientIsOpened(String client, String name, String value) {
        settings(client).put(name, value);

        assertThat(result().verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void namesClientsWithAnotherSecurityProtocolThanTheEnvironment() {
        used.keySet().stream().filter(client -> !client.equals("topic")).forEach(client -> settings(client)
                .put("security.protocol", "PLAINTEXT"));

        assertThat(result().details())
                .containsExactly("lane alerting: security.protocol, main.consumer.security.protocol,"
                        + " restore.consumer.security.protocol, global.consumer.security.protocol,"
                        + " producer.security.protocol, admin.security.protocol are PLAINTEXT, the catalogue says"
                        + " SASL_SSL (environments/production.yaml)");
    }

    @Test
    void namesAServiceOfAnotherEnvironment() {
        assertThat(check(new RunningLane("alerting", "staging.clinical-streams.alerting", used))
                        .details())
                .singleElement()
                .satisfies(
                        detail -> assertThat(detail).contains("application.id is staging.clinical-streams.alerting"));
    }

    @Test
    void namesAnUndeclaredLane() {
        assertThat(check(new RunningLane("paging", "paging", Map.of())).details())
                .containsExactly("lane paging is not in the catalogue");
    }

    @Test
    void doesNotHoldForAServiceWithoutLanes() {
        assertThat(check().details()).containsExactly("the service has no lane yet");
    }

    @Test
    void readsAServicesPage() throws IOException {
        ClientsPage page = ClientsPage.parse(bytes("""
                {"lanes":[{"lane":"alerting","applicationId":"a","settings":{"producer":{"linger.ms":"0"}}}]}
                """));

        assertThat(page.lanes())
                .containsExactly(new RunningLane("alerting", "a", Map.of("producer", Map.of("linger.ms", "0"))));
    }

    @Test
    void refusesAPageOfSomethingElse() {
        assertThatIOException().isThrownBy(() -> ClientsPage.parse(bytes("{}")));
        assertThatIOException().isThrownBy(() -> ClientsPage.parse(bytes("<html>")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> settings(String client) {
        return used.computeIfAbsent(client, name -> new TreeMap<>());
    }

    private CheckResult result() {
        return check(new RunningLane("alerting", alerting.applicationId(), used));
    }

    private CheckResult check(RunningLane... lanes) {
        return new ClientsCheck(catalogue).of(new ClientsPage(List.of(lanes)));
    }

    /** As the pipeline reports them: the effective settings of the lane that have a value. */
    private static Map<String, Map<String, String>> asAServiceSays(Lane lane) {
        Map<String, Object> settings = new HashMap<>(lane.settings().plain());
        settings.put("application.id", lane.applicationId());
        settings.put("bootstrap.servers", "broker-1:9092");
        settings.put("state.dir", "/var/lib/clinical-streams");
        settings.put("main.consumer.group.instance.id", "ward-1");
        StreamsConfig config = new StreamsConfig(settings);
        Map<String, Map<String, String>> used = new HashMap<>();
        used.put("streams", texts(StreamsConfig.configDef(), config.values()));
        used.put("main.consumer", parsed(ConsumerConfig.configDef(), config.getMainConsumerConfigs("a", "b", 1)));
        used.put("restore.consumer", parsed(ConsumerConfig.configDef(), config.getRestoreConsumerConfigs("a")));
        used.put("global.consumer", parsed(ConsumerConfig.configDef(), config.getGlobalConsumerConfigs("a")));
        used.put("producer", parsed(ProducerConfig.configDef(), config.getProducerConfigs("a")));
        used.put("admin", parsed(AdminClientConfig.configDef(), config.getAdminConfigs("a")));
        Map<String, String> topic = new TreeMap<>();
        config.originalsWithPrefix("topic.").forEach((name, value) -> topic.put(name, String.valueOf(value)));
        used.put("topic", topic);
        return used;
    }

    /** Streams passes serializers as objects, but the definitions require a setting. */
    private static Map<String, String> parsed(ConfigDef definitions, Map<String, Object> given) {
        Map<String, Object> settings = new HashMap<>(given);
        for (String coder : List.of("key.serializer", "value.serializer", "key.deserializer", "value.deserializer")) {
            settings.put(coder, Object.class);
        }
        return texts(definitions, definitions.parse(settings));
    }

    private static Map<String, String> texts(ConfigDef definitions, Map<String, ?> values) {
        Map<String, String> texts = new TreeMap<>();
        definitions.configKeys().forEach((name, key) -> {
            Object value = values.get(name);
            if (value != null) {
                texts.put(name, ConfigDef.convertToString(value, key.type));
            }
        });
        return texts;
    }
}
