package io.clinicalstreams.application;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} on a broker, as typed on the command line. */
@OnOneBroker
class VerifyCommandTest {

    private static final int RATE = 200;
    private static final int SOME = 400;
    private static final String OBSERVATION = """
            {"resourceType":"Observation","id":"o1","status":"final","subject":{"reference":"Patient/anna"},\
            "code":{"coding":[{"system":"http://loinc.org","code":"2823-3"}]},\
            "valueQuantity":{"value":4.1,"system":"http://unitsofmeasure.org","code":"mmol/L"}}""";

    @TempDir
    private Path folder;

    @Test
    void judgesFromAMarkWhileTheSystemWorksOn(TestSystem system) throws IOException {
        system.applyReferenceData();
        PipelineProcess pipeline = system.pipeline("ward").awaitReady();
        try (Recovery recovery = new Recovery(system, TopicNames.OBSERVATION_RECORDED);
                Load load = system.load(Scenario.of("everything").withSeed(7).withPatients(100), RATE)) {
            recovery.awaitMore(SOME);
            Path mark = printed("mark.json", system.type("verify", "mark"));
            recovery.awaitMore(SOME);

            CommandResult fromMark = system.type("verify", "--from-mark", mark.toString(), "-o", "json");

            assertThat(load.isFlowing()).isTrue();
            assertThat(fromMark.exitCode()).as(fromMark::toString).isZero();
            assertThat(fromMark.json().at("/resources/sent").asLong()).isGreaterThanOrEqualTo(SOME);
            assertThat(results(fromMark))
                    .containsEntry("alerts as expected", "skipped")
                    .doesNotContainValue("not held");

            CommandResult fromBeginning = system.type("verify", "--from-beginning", "-o", "json");

            assertThat(load.isFlowing()).isTrue();
            assertThat(fromBeginning.exitCode()).as(fromBeginning::toString).isZero();
            assertThat(results(fromBeginning).values()).containsOnly("held");
            assertThat(fromBeginning.json().at("/resources/sent").asLong())
                    .isGreaterThan(fromMark.json().at("/resources/sent").asLong());

            CommandResult ledger = system.type("verify", "ledger", "-o", "json");

            assertThat(load.isFlowing()).isTrue();
            assertThat(ledger.exitCode()).as(ledger::toString).isZero();
            assertThat(results(ledger)).hasSize(5).containsValue("held").doesNotContainValue("not held");
            assertThat(ledger.json().at("/ledger/recording/outcomes/ignored").size())
                    .isPositive();
            system.stop(load);
        }
        pipeline.stop();
    }

    @Test
    void namesFailedGuaranteesAndAnExpiredStart(TestSystem system) throws Exception {
        system.applyReferenceData();
        PipelineProcess pipeline = system.pipeline("ward").awaitReady();
        system.send(List.of(Outgoing.of("Patient/anna".getBytes(US_ASCII), OBSERVATION.getBytes(US_ASCII))));
        CommandResult held = system.type("verify", "--from-beginning", "--confirmed", "1");
        assertThat(held.exitCode()).as(held::toString).isZero();
        assertThat(held.out()).contains("1          recorded in clinical.observation.recorded", "nothing lost", "held");

        assertThat(system.type("verify", "--from-beginning", "--confirmed", "2").out())
                .contains("1 of 2 resources are lost");

        ConsumerRecord<byte[], byte[]> recorded =
                system.read(TopicNames.OBSERVATION_RECORDED).get(0);
        CommandResult accounted = system.type("verify", "ledger");
        assertThat(accounted.exitCode()).as(accounted::toString).isZero();
        assertThat(accounted.out()).contains("recorded clinical.observation.recorded", "ledger joins", "held");

        Path mark = printed("mark.json", system.type("verify", "mark"));
        write(system, recorded);
        CommandResult more = system.type("verify", "ledger");
        assertThat(more.exitCode()).as(more::toString).isEqualTo(3);
        assertThat(more.out())
                .contains("the ledger has 1 recorded as clinical.observation.recorded, the topics have 2");
        write(system, system.read(TopicNames.RESOURCE_ACCOUNTED).get(0));
        CommandResult overlaps = system.type("verify", "ledger");
        assertThat(overlaps.exitCode()).as(overlaps::toString).isEqualTo(3);
        assertThat(overlaps.out()).contains("offsets 0 to 1 are accounted for twice");
        for (List<String> start : List.of(List.of("--from-beginning"), List.of("--from-mark", mark.toString()))) {
            CommandResult twice = system.type("verify", start.toArray(String[]::new));
            assertThat(twice.exitCode()).as(twice::toString).isEqualTo(3);
            assertThat(twice.out()).contains("1 outcomes are duplicates");
        }

        TopicPartition input = system.partitions(TopicNames.RESOURCE_RECEIVED).stream()
                .filter(partition -> system.read(TopicNames.RESOURCE_RECEIVED).stream()
                        .anyMatch(record -> record.partition() == partition.partition()))
                .findFirst()
                .orElseThrow();
        Path ahead = offsets(system, "ahead", Map.of(input, 9L));
        CommandResult truncated = system.type("verify", "--from-offsets", ahead.toString());
        assertThat(truncated.exitCode()).as(truncated::toString).isEqualTo(1);
        assertThat(truncated.err()).contains("no verdict: " + input + " ends at 1, before the start at 9");

        try (Admin admin = system.admin()) {
            admin.deleteRecords(Map.of(input, RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }
        CommandResult expired = system.type("verify", "--from-beginning");
        assertThat(expired.exitCode()).as(expired::toString).isEqualTo(1);
        assertThat(expired.err())
                .contains("no verdict: " + input + " begins at 1: records from 0 on have expired or were deleted");

        CommandResult fromOffsets = system.type(
                "verify",
                "--from-offsets",
                offsets(system, "now", Map.of(input, 1L)).toString());
        assertThat(fromOffsets.exitCode()).as(fromOffsets::toString).isZero();
        pipeline.stop();
    }

    @Test
    void givesNoVerdictWhereTheLanesHaveNotProcessedTheInput(TestSystem system) {
        system.send(List.of(Outgoing.of("Patient/anna".getBytes(US_ASCII), OBSERVATION.getBytes(US_ASCII))));

        CommandResult waited = system.type("verify", "--from-beginning", "--wait", "1s");

        assertThat(waited.exitCode()).isEqualTo(1);
        assertThat(waited.out()).isEmpty();
        assertThat(waited.err())
                .contains(
                        "input is still unprocessed after 1 s: ",
                        "is at 0 of 1 in " + system.fullName(TopicNames.RESOURCE_RECEIVED));
    }

    private Path printed(String name, CommandResult said) throws IOException {
        assertThat(said.exitCode()).as(said::toString).isZero();
        return Files.writeString(folder.resolve(name), said.out());
    }

    private static Map<String, String> results(CommandResult said) {
        Map<String, String> results = new HashMap<>();
        for (JsonNode check : said.json().get("checks")) {
            results.put(check.get("check").asText(), check.get("result").asText());
        }
        return results;
    }

    /** The input's offsets as printed by Kafka's own tool: 0, except for these. */
    private Path offsets(TestSystem system, String name, Map<TopicPartition, Long> offsets) throws IOException {
        String lines = system.partitions(TopicNames.RESOURCE_RECEIVED).stream()
                .map(partition ->
                        partition.topic() + ':' + partition.partition() + ':' + offsets.getOrDefault(partition, 0L))
                .collect(Collectors.joining("\n"));
        return Files.writeString(folder.resolve(name), lines);
    }

    /** Again, unchanged. */
    private static void write(TestSystem system, ConsumerRecord<byte[], byte[]> record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(system.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            record.topic(), record.partition(), record.key(), record.value(), record.headers()))
                    .get();
        }
    }
}
