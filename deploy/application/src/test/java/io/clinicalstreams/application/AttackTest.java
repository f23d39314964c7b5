package io.clinicalstreams.application;

import static io.clinicalstreams.application.Resources.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.verifier.account.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Input that takes more memory than a lane has, at the launcher's default heap. {@link BadInputs} has the third attack,
 * the Observations with too many components.
 */
@OnOneBroker
@Tag("alone")
class AttackTest {

    private static final int BUNDLES = 2_400;
    private static final int ENTRIES = 10;

    /** Bundles with an alert. */
    private static final int CRITICAL = 100;

    private static final int ENTRY_BYTES = 70_000;
    private static final int INFLATING = 60;
    private static final int INFLATED = 30_000_000;
    private static final int WITH_LARGE = 240;
    private static final int LARGE = 5_000_000;
    private static final String INFLATION = "max.decompressed.message.bytes";
    private static final String KAFKAS_DEFAULT = "2147483639";
    private static final String PATIENT = "Patient/attack";
    private static final Duration WORKED_OFF = Duration.ofMinutes(4);
    private static final Duration ENDED = Duration.ofSeconds(90);
    private static final int KILLED = 137;

    @TempDir
    private Path folder;

    @Test
    void aBacklogOfLargeBundlesIsWorkedOffByBothLanes(TestSystem system) {
        system.applyReferenceData();
        system.send(
                () -> IntStream.range(0, BUNDLES).mapToObj(AttackTest::bundle).iterator());

        PipelineProcess pipeline = system.asLaunched().pipeline("ward-1").awaitReady();

        Verdict verdict = verdict(system, pipeline);
        assertThat(verdict.recorded()).containsEntry(TopicNames.OBSERVATION_RECORDED, (long) BUNDLES * ENTRIES);
        assertThat(pipeline.output()).contains("memory: heap 1024 MiB, needed ");
        pipeline.stop();
    }

    @Test
    void recordsThatInflateAreRejectedWhereTheBrokersDoNotRefuseThem(TestSystem system) throws Exception {
        system.applyReferenceData();
        system.set(TopicNames.RESOURCE_RECEIVED, INFLATION, KAFKAS_DEFAULT);
        try (KafkaProducer<byte[], byte[]> gateway = InflatingRecordTest.gateway(system)) {
            for (int i = 0; i < INFLATING; i++) {
                sendOnceTaken(gateway, inflating(system, INFLATED));
            }
            Future<RecordMetadata> last = gateway.send(record(system, Resources.potassium("good", PATIENT, "4.2")));
            assertThat(last.get().offset()).isEqualTo(INFLATING);
        }

        PipelineProcess pipeline = system.asLaunched().pipeline("ward-1").awaitReady();

        Verdict verdict = verdict(system, pipeline);
        assertThat(verdict.rejected()).isEqualTo(Map.of("TOO_LARGE", (long) INFLATING));
        assertThat(verdict.recorded()).containsEntry(TopicNames.OBSERVATION_RECORDED, 1L);
        assertThat(pipeline.output()).contains("the brokers do not enforce " + INFLATION);
        pipeline.stop();
    }

    /** Each is smaller than the input's limit; a poll of all of them is larger than the heap. */
    @Test
    void largeKeysAndHeadersOfSmallValuesAreWorkedOff(TestSystem system) throws Exception {
        system.applyReferenceData();
        byte[] large = new byte[LARGE];
        try (KafkaProducer<byte[], byte[]> gateway = InflatingRecordTest.gateway(system)) {
            for (int i = 0; i < WITH_LARGE; i++) {
                String patient = "Patient/large-" + i % 10;
                String value = Resources.potassium("l-" + i, patient, i < 10 ? "7.1" : "4.2");
                boolean inKey = i % 2 == 0;
                gateway.send(new ProducerRecord<>(
                                system.fullName(TopicNames.RESOURCE_RECEIVED),
                                inKey ? 0 : null,
                                inKey ? large : bytes(patient),
                                bytes(value),
                                inKey ? null : List.of(new RecordHeader("large", large))))
                        .get();
            }
        }

        PipelineProcess pipeline = system.asLaunched().pipeline("ward-1").awaitReady();

        Verdict verdict = verdict(system, pipeline);
        assertThat(verdict.recorded()).containsEntry(TopicNames.OBSERVATION_RECORDED, (long) WITH_LARGE);
        assertThat(verdict.rekeyed()).isEqualTo(WITH_LARGE / 2);
        pipeline.stop();
    }

    /** What a client cannot prevent: Kafka's client allocates the whole value before anything else can look at it. */
    @Test
    void aValueLargerThanTheHeapIsNotTriedForever(TestSystem system) throws Exception {
        system.applyReferenceData();
        system.set(TopicNames.RESOURCE_RECEIVED, INFLATION, KAFKAS_DEFAULT);
        await().atMost(ENDED).until(() -> sendsFromAnotherProcess(system, 1_200_000_000));
        Path once = Files.writeString(folder.resolve("once.yaml"), "input:\n  attempts: 1\n");
        system.asLaunched();

        PipelineProcess first = system.pipeline("ward-1", "--lane", "recording", "--config", once.toString());
        assertThat(first.awaitExit(ENDED)).isEqualTo(KILLED);
        assertThat(first.output()).contains("java.lang.OutOfMemoryError");

        PipelineProcess second = system.pipeline("ward-1", "--lane", "recording", "--config", once.toString());
        assertThat(second.awaitExit(ENDED)).isEqualTo(1);
        assertThat(second.output())
                .contains("from offset 0 on was begun 1 times and never committed")
                .doesNotContain("OutOfMemoryError");
    }

    /** Nothing lost, nothing doubled, every alert as expected. */
    private static Verdict verdict(TestSystem system, PipelineProcess pipeline) {
        system.awaitQuiet(WORKED_OFF, pipeline);
        return system.verdict();
    }

    private boolean sendsFromAnotherProcess(TestSystem system, int size) throws Exception {
        ProcessBuilder gateway = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx3g",
                InflatingGateway.class.getName(),
                String.valueOf(system.client().get("bootstrap.servers")),
                system.fullName(TopicNames.RESOURCE_RECEIVED),
                PATIENT,
                Integer.toString(size));
        gateway.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        gateway.redirectErrorStream(true)
                .redirectOutput(folder.resolve("gateway.log").toFile());
        return gateway.start().waitFor() == 0;
    }

    /** The broker applies a new setting after a while. */
    private static void sendOnceTaken(KafkaProducer<byte[], byte[]> gateway, ProducerRecord<byte[], byte[]> record) {
        await().ignoreExceptionsInstanceOf(ExecutionException.class)
                .atMost(ENDED)
                .until(() -> gateway.send(record).get() != null);
    }

    private static Outgoing bundle(int number) {
        String patient = "Patient/backlog-" + number % 500;
        String note = "\"note\":[{\"text\":\"" + "-".repeat(ENTRY_BYTES) + "\"}],\"status\"";
        String value = number < CRITICAL ? "7.1" : "4.2";
        String bundle = Resources.bundle(Collections.nCopies(
                ENTRIES, Resources.potassium("b-" + number, patient, value).replace("\"status\"", note)));
        return new Outgoing(bytes(patient), bytes(bundle), null, ENTRIES);
    }

    private static ProducerRecord<byte[], byte[]> inflating(TestSystem system, int size) {
        byte[] small = bytes(Resources.potassium("inflating", PATIENT, "4.2"));
        byte[] value = new byte[size];
        Arrays.fill(value, (byte) ' ');
        System.arraycopy(small, 0, value, 0, small.length);
        return new ProducerRecord<>(system.fullName(TopicNames.RESOURCE_RECEIVED), bytes(PATIENT), value);
    }

    private static ProducerRecord<byte[], byte[]> record(TestSystem system, String value) {
        return new ProducerRecord<>(system.fullName(TopicNames.RESOURCE_RECEIVED), bytes(PATIENT), bytes(value));
    }
}
