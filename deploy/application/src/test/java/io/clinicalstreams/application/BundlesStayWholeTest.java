package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All of a Bundle's entries are written exactly once, or none, even after a SIGKILL in the middle of it. */
@OnOneBroker
@Tag("fault")
class BundlesStayWholeTest {

    private static final int ENTRIES = 900;

    private static final int BUNDLES_PER_SECOND = 2;
    private static final int PATIENTS = 20;
    private static final int INTERRUPTED = 2;
    private static final int KILLS_AT_MOST = 6;
    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(1);

    /** How many entries of each Bundle were written, committed or not. */
    private final Map<Coordinates, Integer> written = new ConcurrentHashMap<>();

    @Test
    void aKillInTheMiddleOfABundleLeavesNoPartOfIt(TestSystem system) {
        // Far longer than a recovery may take: the next process must abort the transaction that a killed process leaves
        // open.
        system.with("producer.transaction.timeout.ms", "60000");
        system.applyReferenceData();
        String recorded = system.fullName(TopicNames.OBSERVATION_RECORDED);
        AtomicInteger number = new AtomicInteger();
        PipelineProcess pipeline = system.pipeline("ward-1").awaitReady();
        try (Recovery recovery = new Recovery(system, TopicNames.OBSERVATION_RECORDED);
                Tail tail = Tail.of(List.of(recorded), IsolationLevel.READ_UNCOMMITTED, system.client(), this::wrote);
                Load load = Load.start(system.sender(), () -> bundle(number.getAndIncrement()), BUNDLES_PER_SECOND)) {
            for (int kill = 0; kill < KILLS_AT_MOST && interrupted() < INTERRUPTED; kill++) {
                assertThat(tail.isFollowing()).isTrue();
                awaitPartOfABundle();
                pipeline.kill();
                Instant killed = Instant.now();
                pipeline = system.pipeline("ward-1");
                assertThat(recovery.since(killed, TopicNames.OBSERVATION_RECORDED))
                        .isLessThan(RECOVERED_WITHIN);
            }
            system.stop(load);
            system.verdict();
            assertThat(interrupted()).as("Bundles that were interrupted").isGreaterThanOrEqualTo(INTERRUPTED);
        }

        Map<Coordinates, Integer> committed = new HashMap<>();
        system.read(TopicNames.OBSERVATION_RECORDED)
                .forEach(record -> committed.merge(bundleOf(record), 1, Integer::sum));
        assertThat(committed).hasSize(system.read(TopicNames.RESOURCE_RECEIVED).size());
        assertThat(committed.values()).containsOnly(ENTRIES);
    }

    private void wrote(ConsumerRecord<byte[], byte[]> record) {
        written.merge(bundleOf(record), 1, Integer::sum);
    }

    /** Bundles with more entries written than they have: the first attempt was never committed. */
    private long interrupted() {
        return written.values().stream().filter(entries -> entries > ENTRIES).count();
    }

    private void awaitPartOfABundle() {
        Map<Coordinates, Integer> before = Map.copyOf(written);
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(GLANCE).until(() -> !before.keySet()
                .containsAll(written.keySet()));
    }

    private static Coordinates bundleOf(ConsumerRecord<byte[], byte[]> record) {
        Coordinates entry = Coordinates.parse(
                new String(record.headers().lastHeader(HeaderNames.ORIGIN).value(), StandardCharsets.US_ASCII));
        return Coordinates.ofRecord(entry.topic(), entry.partition(), entry.offset());
    }

    /** About a megabyte; some values in it are critical. */
    private static Outgoing bundle(int number) {
        String patient = "Patient/b-" + number % PATIENTS;
        String bundle = Resources.bundle(IntStream.range(0, ENTRIES)
                .mapToObj(i -> Resources.potassium("b-" + number + '-' + i, patient, i == 400 ? "7.1" : "4.2")
                        .replace("\"status\"", "\"note\":[{\"text\":\"%s\"}],\"status\"".formatted("-".repeat(600))))
                .toList());
        return new Outgoing(Resources.bytes(patient), Resources.bytes(bundle), null, ENTRIES);
    }
}
