package io.clinicalstreams.topics.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The settings in effect and their sources. */
class RenderCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest(name = "{1} {0}")
    @CsvSource(delimiterString = " | ", textBlock = """
            --topic clinical.resource.rekeyed | max.message.bytes | 6291456 | topic | catalogue/clinical.resource.rekeyed.yaml
            --topic clinical.resource.rekeyed | retention.ms | 604800000 | profile | profiles/ingress.yaml
            --topic clinical.resource.rekeyed | min.insync.replicas | 2 | environment | environments/production.yaml
            --topic clinical.resource.rekeyed | index.interval.bytes | 4096 | default | Kafka
            --topic clinical.resource.received --client producer | linger.ms | 1 | profile | profiles/ingress.yaml
            --topic clinical.resource.received --client producer | request.timeout.ms | 30000 | default | Kafka
            --topic clinical.resource.received --client producer | security.protocol | SASL_SSL | environment | environments/production.yaml
            --topic clinical.resource.received --client producer | sasl.mechanism | SCRAM-SHA-512 | environment | environments/production.yaml
            --topic clinical.alert.generated --client producer | linger.ms | 0 | profile, lane alerting | profiles/latency.yaml
            --topic clinical.alert.generated --client producer | delivery.timeout.ms | 2147483647 | default, lane alerting | Kafka Streams
            --topic clinical.alert.generated --client producer | security.protocol | SASL_SSL | environment, lane alerting | environments/production.yaml
            --topic clinical.resource.rejected --client producer | batch.size | 131072 | profile, lane recording | profiles/throughput.yaml
            --topic clinical.score.computed --client producer | delivery.timeout.ms | 120000 | default | Kafka
            --topic clinical.alert.generated --client consumer | isolation.level | read_committed | profile | profiles/common.yaml
            --topic clinical.alert.generated --client streams | commit.interval.ms | 100 | profile | profiles/latency.yaml
            --lane alerting | num.standby.replicas | 1 | environment | environments/production.yaml
            --lane alerting --client producer | delivery.timeout.ms | 2147483647 | default | Kafka Streams
            --lane recording --client producer --topic clinical.resource.rejected | linger.ms | 20 | profile, lane recording | profiles/throughput.yaml
            --lane recording --client consumer | session.timeout.ms | 10000 | profile | profiles/common.yaml
            --lane recording --client consumer | isolation.level | read_committed | default | Kafka Streams
            --lane recording --client consumer | security.protocol | SASL_SSL | environment | environments/production.yaml
            --lane recording --client producer | sasl.mechanism | SCRAM-SHA-512 | environment | environments/production.yaml
            --lane alerting --client consumer --topic reference.alert.rule | max.poll.records | 1000 | default, lane alerting | Kafka Streams
            --lane alerting --client consumer --topic reference.alert.rule | max.partition.fetch.bytes | 1048576 | default, lane alerting | Kafka
            --lane alerting --client consumer --topic reference.alert.rule | auto.offset.reset | none | default, lane alerting | Kafka Streams
            --lane recording --client consumer --topic clinical.resource.received | max.poll.records | 2000 | profile, lane recording | profiles/throughput.yaml
            --lane alerting --topic clinical.resource.received | commit.interval.ms | 100 | profile | profiles/latency.yaml
            --topic clinical.alert.current --client consumer | max.poll.records | 500 | profile | profiles/reference.yaml
            --topic clinical-streams.alerting-patient-state-changelog | max.message.bytes | 6291456 | profile | profiles/latency.yaml
            --topic clinical-streams.alerting-patient-state-changelog --client consumer | max.poll.records | 1000 | default, lane alerting | Kafka Streams
            --topic clinical-streams.alerting-patient-state-changelog --client consumer | max.partition.fetch.bytes | 1048576 | default, lane alerting | Kafka
            --topic clinical-streams.alerting-patient-state-changelog --client producer | linger.ms | 0 | profile, lane alerting | profiles/latency.yaml
            """)
    void saysWhereASettingComesFrom(String arguments, String name, String value, String origin, String file)
            throws IOException {
        assertThat(run(arguments + " -e production -o json")).isZero();

        JsonNode setting = json().path("settings").path(name);
        assertThat(setting.path("value").asText()).isEqualTo(value);
        assertThat(setting.path("origin").asText()).isEqualTo(origin);
        assertThat(setting.path("file").asText()).isEqualTo(file);
        assertThat(setting.path("why").asText().isEmpty()).isEqualTo(origin.startsWith("default"));
    }

    @Test
    void printsPropertiesThatAClientReads() throws IOException {
        assertThat(run("--topic clinical.observation.recorded --client producer"))
                .isZero();

        Properties properties = new Properties();
        properties.load(new StringReader(out.toString()));
        assertThat(properties)
                .containsEntry("linger.ms", "20")
                .containsEntry("compression.type", "lz4")
                .containsEntry("request.timeout.ms", "30000")
                .containsEntry("security.protocol", "PLAINTEXT")
                .doesNotContainKeys("bootstrap.servers", "key.serializer", "client.id");
        assertThat(out.toString().lines())
                .contains("# default of Kafka, lane recording")
                .anyMatch(line -> line.contains("lane recording, the only writer"))
                .anyMatch(line -> line.startsWith(
                        "# profile, lane recording, profiles/throughput.yaml: Batches fill before they are sent."));
    }

    @Test
    void printsYamlWithTheSameContent() throws IOException {
        run("--topic clinical.alert.current -o yaml");
        JsonNode yaml = YAMLMapper.builder().build().readTree(out.toString());
        out.getBuffer().setLength(0);
        run("--topic clinical.alert.current -o json");

        assertThat(yaml.path("settings").path("segment.bytes").path("value").asText())
                .isEqualTo("268435456");
        assertThat(yaml.path("settings").size())
                .isEqualTo(json().path("settings").size());
        assertThat(yaml.path("partitions").asInt()).isEqualTo(4);
    }

    @Test
    void omitsDefaultsOnRequest() {
        assertThat(run("--lane recording --client producer --no-defaults")).isZero();

        assertThat(out.toString()).contains("linger.ms=20").doesNotContain("# default");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", textBlock = """
            --client producer | Missing required option: '--topic=TOPIC' or '--lane=LANE'
            --topic clinical.alert.genrated | --topic: no topic 'clinical.alert.genrated' in the catalogue; there are administrative.encounter.changed
            --lane recordin | --lane: no lane 'recordin' in the catalogue; there are alerting, recording
            --topic clinical.score.computed --client streams | --client streams: no lane uses clinical.score.computed
            --topic clinical.alert.current --lane recording | --lane: recording does not use clinical.alert.current
            --topic clinical-streams.alerting-patient-state-changelog --lane recording | --lane: the changelog belongs to lane alerting
            --topic clinical.resource.received --client producer --lane alerting | --lane: alerting does not write clinical.resource.received
            --topic clinical.alert.current --client consumer --lane recording | --lane: recording does not read clinical.alert.current
            --topic clinical.alert.current --client broker | expected one of producer, consumer, streams but was 'broker'
            --topic clinical.alert.current -o table | expected one of properties, json, yaml but was 'table'
            """)
    void refusesWhatItCannotAnswer(String arguments, String message) {
        assertThat(run(arguments)).isEqualTo(2);

        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " | ", textBlock = """
            --topic clinical.resource.received --client consumer | lane | alerting, its main consumer; recording, its main consumer
            --topic clinical.resource.received --client streams | lane | alerting; recording
            --topic clinical.resource.rekeyed --client streams | lane | alerting; recording
            --topic reference.alert.rule --client consumer | lane | alerting, its global consumer; -
            --topic reference.alert.rule --client consumer | of | -; readers other than lanes
            """)
    void printsEachClientThatATopicHas(String arguments, String field, String whose) throws IOException {
        assertThat(run(arguments + " -o json")).isZero();

        assertThat(json()).extracting(each -> each.path(field).asText("-")).containsExactly(whose.split("; ", -1));
    }

    @Test
    void givesEachOfSeveralClientsItsOwnSettings() throws IOException {
        assertThat(run("--topic clinical.resource.received --client consumer -o json"))
                .isZero();

        assertThat(json())
                .extracting(each -> each.path("settings")
                        .path("max.poll.records")
                        .path("value")
                        .asText())
                .containsExactly("1000", "2000");
    }

    @Test
    void reportsThatSeveralClientsMayNotShareAFile() {
        assertThat(run("--topic clinical.resource.received --client streams --no-defaults"))
                .isZero();

        assertThat(out.toString().lines())
                .filteredOn(line -> line.startsWith("# environment development"))
                .hasSize(2);
        assertThat(err.toString()).contains("2 clients, one after another: not usable as one client's file");
    }

    @Test
    void showsWhatIsKnownAboutAPendingSetting() {
        assertThat(run("--lane recording --no-defaults")).isZero();

        assertThat(out.toString()).contains("[pending; in a prototype (not kept), a record of the re-keyed topic");
    }

    @Test
    void printsBothProducersIfTwoLanesWriteATopic(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        String lane = Files.readString(folder.resolve("catalogue/lanes/seeing.yaml"));
        catalogue.write("catalogue/lanes/watching.yaml", lane.replace("seeing", "watching"));

        assertThat(run("--catalogue " + folder + " -e test --topic clinical.thing.seen --client producer -o json"))
                .isZero();

        assertThat(json())
                .extracting(each -> each.path("lane").asText())
                .containsExactly("seeing, one of several writers", "watching, one of several writers");
    }

    @Test
    void showsBothProducersIfAClientAndALaneWrite(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.append("catalogue/lanes/seeing.yaml", """
                settings:
                  producer.linger.ms: {value: 7, why: Of the lane., evidence: pending}
                """);
        String arguments = "--catalogue " + folder + " -e test --topic clinical.thing.seen --client producer";
        assertThat(run(arguments)).isZero();
        assertThat(out.toString()).contains("linger.ms=7").doesNotContain("linger.ms=0");
        out.getBuffer().setLength(0);

        catalogue.replace("catalogue/clients/gateway.yaml", "received]", "received, clinical.thing.seen]");

        assertThat(run(arguments)).isZero();
        assertThat(out.toString()).contains("lane seeing, one of several writers", "linger.ms=7", "linger.ms=0");
    }

    private JsonNode json() throws IOException {
        return JsonMapper.builder().build().readTree(out.toString());
    }

    private int run(String arguments) {
        return CommandKit.of(new CommandLine(new RenderCommand()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.split(" ", -1));
    }
}
