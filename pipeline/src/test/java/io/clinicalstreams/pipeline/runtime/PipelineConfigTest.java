package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.topics.problem.CatalogueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PipelineConfigTest {

    @TempDir
    private Path folder;

    @Test
    void needsNothingButACluster() {
        PipelineConfig config = of(Map.of("bootstrap-servers", "localhost:9092"));

        assertThat(config.lanes()).containsExactlyInAnyOrder("recording", "alerting");
        assertThat(config.environment()).isEqualTo("development");
        assertThat(config.stopTimeout()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void flagsWinOverVariablesAndVariablesOverTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), """
                bootstrap-servers: from-file:1
                http-port: 1
                kafka:
                  security.protocol: SSL
                """);

        PipelineConfig config = PipelineConfig.of(SettingLayers.of(
                Map.of("http-port", "3"),
                Map.of("CLINICAL_STREAMS_HTTP_PORT", "2", "CLINICAL_STREAMS_BOOTSTRAP_SERVERS", "from-variable:1"),
                file));

        assertThat(config.httpPort()).isEqualTo(3);
        assertThat(config.bootstrapServers()).isEqualTo("from-variable:1");
        assertThat(config.kafka()).containsEntry("security.protocol", "SSL");
    }

    @Test
    void reportsAllProblemsAtOnceEachWithItsPath() {
        assertThatThrownBy(() -> of(Map.of(
                        "stop-timeout", "PT0S",
                        "lanes", "fast",
                        "http-port", "many",
                        "colour", "blue")))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("bootstrap-servers: is required")
                .hasMessageContaining("stop-timeout: must be at least 1 ms, was PT0S")
                .hasMessageContaining("lanes: must be recording, alerting or all, was fast")
                .hasMessageContaining("http-port: must be a whole number")
                .hasMessageContaining("colour: unknown setting");
    }

    @Test
    void bindsHealthAndMetricsToLoopbackByDefault() {
        assertThat(of(Map.of("bootstrap-servers", "localhost:9092")).httpAddress())
                .isEqualTo("127.0.0.1");
        assertThat(of(Map.of("bootstrap-servers", "localhost:9092", "http-address", "0.0.0.0"))
                        .httpAddress())
                .isEqualTo("0.0.0.0");
    }

    @Test
    void mapsKafkasSettingsFromVariablesByTheSameRule() {
        SettingLayers layers = SettingLayers.of(
                Map.of(),
                Map.of(
                        "CLINICAL_STREAMS_BOOTSTRAP_SERVERS", "localhost:9092",
                        "CLINICAL_STREAMS_KAFKA_MAIN_CONSUMER_MAX_POLL_RECORDS", "7",
                        "CLINICAL_STREAMS_LOG_LEVEL", "INFO",
                        "PATH", "/bin"),
                null);

        assertThat(PipelineConfig.of(layers).kafka()).containsExactly(Map.entry("main.consumer.max.poll.records", "7"));
    }

    @Test
    void refusesAVariableOfOursThatNamesNoSetting() {
        assertThatThrownBy(() -> SettingLayers.of(Map.of(), Map.of("CLINICAL_STREAMS_HTTP_PROT", "1"), null))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining(
                        "CLINICAL_STREAMS_HTTP_PROT: unknown environment variable; did you mean CLINICAL_STREAMS_HTTP_PORT?");
    }

    @Test
    void reportsWhereTheSharedSettingsBelong() throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), """
                bootstrap-servers: localhost:9092
                fhir:
                  base-urls: [https://a.example/fhir]
                """);

        assertThatThrownBy(() -> PipelineConfig.of(SettingLayers.of(Map.of(), Map.of(), file)))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("fhir.base-urls: is not a setting of the service")
                .hasMessageContaining("under fhir: in environments/NAME.yaml");
        assertThatThrownBy(() -> SettingLayers.of(Map.of(), Map.of("CLINICAL_STREAMS_FHIR_ZONE", "UTC"), null))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("CLINICAL_STREAMS_FHIR_ZONE: is not a setting of the service")
                .hasMessageContaining("under fhir: in environments/NAME.yaml");
    }

    @Test
    void checksKafkasSettingsAndNeverRepeatsTheirValues() {
        assertThatThrownBy(() -> of(Map.of(
                        "bootstrap-servers", "localhost:9092",
                        "kafka.max.pol.records", "1",
                        "kafka.main.consumer.max.poll.records", "s3cret",
                        "kafka.application.id", "mine")))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("kafka.max.pol.records: Kafka has no such setting")
                .hasMessageContaining("kafka.main.consumer.max.poll.records: not a valid value")
                .hasMessageContaining("kafka.application.id: is set by the service")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application.id",
                "state.dir",
                "errors.dead.letter.queue.topic.name",
                "deserialization.exception.handler",
                "default.deserialization.exception.handler",
                "processing.exception.handler",
                "production.exception.handler",
                "default.production.exception.handler",
                "main.consumer.group.instance.id",
                "consumer.group.id",
                "restore.consumer.client.id",
                "global.consumer.key.deserializer",
                "producer.transactional.id",
                "producer.bootstrap.servers",
                "admin.client.id"
            })
    void leavesToTheServiceWhatItDecidesWhicheverClientItIsSaidFor(String setting) {
        assertThatThrownBy(() -> of(Map.of("bootstrap-servers", "localhost:9092", "kafka." + setting, "mine")))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("kafka." + setting + ": is set by the service itself")
                .hasMessageNotContaining("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "processing.guarantee",
                "producer.acks",
                "enable.idempotence",
                "main.consumer.auto.offset.reset",
                "consumer.isolation.level",
                "replication.factor"
            })
    void leavesToTheCatalogueWhatExactlyOnceDependsOn(String setting) {
        assertThatThrownBy(() -> of(Map.of("bootstrap-servers", "localhost:9092", "kafka." + setting, "mine")))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("kafka." + setting + ": belongs in the catalogue");
    }

    @Test
    void readsVariablesOfTheOptionsThatAreNotNamedLikeTheirSetting() {
        PipelineConfig config = PipelineConfig.of(SettingLayers.of(
                Map.of(),
                Map.of(
                        "CLINICAL_STREAMS_BOOTSTRAP_SERVER", "localhost:9092",
                        "CLINICAL_STREAMS_LANE", "alerting",
                        "CLINICAL_STREAMS_STATE_DIR", "there",
                        "CLINICAL_STREAMS_CONFIG", "read by the command"),
                null));

        assertThat(config.bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(config.lanes()).containsExactly("alerting");
        assertThat(config.stateDirectory()).isEqualTo(Path.of("there"));
    }

    @Test
    void acceptsAFileOfKafkasSettingsThatAlsoNamesTheCluster() {
        PipelineConfig config =
                of(Map.of("bootstrap-servers", "localhost:9092", "kafka.bootstrap.servers", "elsewhere:1"));

        assertThat(config.kafka()).isEmpty();
        assertThat(config.bootstrapServers()).isEqualTo("localhost:9092");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "ward/1", "../ward", "ward 1", "ward\n1", "wörd"})
    void refusesAnInstanceIdThatIsNotAPlainFolderName(String id) {
        assertThatThrownBy(() -> of(Map.of("bootstrap-servers", "localhost:9092", "instance-id", id)))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("instance-id: must be 1 to 200 letters, digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerting-0", "ward_1.example.org", "a", "..."})
    void acceptsAnInstanceIdThatIsAPlainName(String id) {
        assertThat(of(Map.of("bootstrap-servers", "localhost:9092", "instance-id", id))
                        .instanceId())
                .isEqualTo(id);
    }

    @Test
    void takesAFileInWhichAllIsCommentedOut() throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), "# http-port: 8080\n");

        assertThat(PipelineConfig.of(SettingLayers.of(Map.of("bootstrap-servers", "localhost:9092"), Map.of(), file))
                        .httpPort())
                .isEqualTo(8080);
    }

    @Test
    void readsYamlsOtherWordsAndGroupedDigitsButKeepsTextAsWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), """
                bootstrap-servers: localhost:9092
                accept-expired-input: yes
                metrics.per-partition: On
                http-port: 8_081
                instance-id: 007
                kafka:
                  client.rack: 1_2
                """);

        PipelineConfig config = PipelineConfig.of(SettingLayers.of(Map.of(), Map.of(), file));

        assertThat(config.acceptExpiredInput()).isTrue();
        assertThat(config.perPartitionMetrics()).isTrue();
        assertThat(config.httpPort()).isEqualTo(8081);
        assertThat(config.instanceId()).isEqualTo("007");
        assertThat(config.kafka()).containsExactly(Map.entry("client.rack", "1_2"));
    }

    @Test
    void namesTheUnreadableFile() {
        assertThatThrownBy(() -> SettingLayers.of(Map.of(), Map.of(), folder.resolve("absent.yaml")))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("absent.yaml");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " | ", textBlock = """
            http-port: 1{}http-port: 2 | pipeline.yaml: Duplicate field 'http-port' (line 2)
            http-port: 1{}---{}http-port: 2 | pipeline.yaml: has a second document (line 3)
            kafka:{}  max.poll.records: [{a: 1}] | pipeline.yaml: kafka.max.poll.records: must be a list of single values (line 2)
            just a text | pipeline.yaml: must be names with values (line 1)
            http-port: {from: 1} | pipeline.yaml: http-port.from: unknown setting
            http-prot: 1 | pipeline.yaml: http-prot: unknown setting; did you mean http-port?
            http-port: _1_ | pipeline.yaml: http-port: must be a whole number from 0 to 65535, was _1_
            accept-expired-input: 1 | pipeline.yaml: accept-expired-input: must be true or false, was 1
            stop-timeout: PT0.0005S | pipeline.yaml: stop-timeout: must be at least 1 ms, was PT0.0005S
            http-port: many | pipeline.yaml: http-port: must be a whole number from 0 to 65535, was many
            """)
    void refusesAFileThatIsNotStrictlyRightWithFileAndPath(String lines, String problem) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), lines.replace("{}", "\n"));

        assertThatThrownBy(() -> PipelineConfig.of(
                        SettingLayers.of(Map.of("bootstrap-servers", "localhost:9092"), Map.of(), file)))
                .isInstanceOf(CatalogueException.class)
                .hasMessage(folder + "/" + problem);
    }

    @Test
    void namesTheVariableWithAWrongValue() {
        assertThatThrownBy(() ->
                        PipelineConfig.of(SettingLayers.of(Map.of(), Map.of("CLINICAL_STREAMS_HTTP_PORT", "-1"), null)))
                .hasMessageContaining("CLINICAL_STREAMS_HTTP_PORT: http-port: must be a whole number");
    }

    private static PipelineConfig of(Map<String, String> flags) {
        return PipelineConfig.of(SettingLayers.of(flags, Map.of(), null));
    }
}
