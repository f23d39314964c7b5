package io.clinicalstreams.pipeline.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What an {@link AlertInbox} promises. Each test has its own topic and group. */
@Tag("broker")
class AlertInboxOnARealBrokerTest {

    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static LocalCluster cluster;
    private static Admin admin;
    private static KafkaProducer<byte[], byte[]> producer;
    private static ExecutorService threads;

    private final List<Running> running = new CopyOnWriteArrayList<>();
    private final Map<String, List<Long>> handled = new ConcurrentHashMap<>();
    private String topic = "";

    /** An inbox on its own thread. */
    private record Running(
            AlertInbox inbox, KafkaConsumer<byte[], byte[]> consumer, AtomicBoolean stop, CompletableFuture<Void> end) {

        /** Returns when it has ended; throws what ended it. */
        void close() {
            stop.set(true);
            end.join();
        }
    }

    @BeforeAll
    static void start() {
        cluster = LocalCluster.builder().start();
        Map<String, Object> client = Map.of("bootstrap.servers", cluster.bootstrapServers());
        admin = Admin.create(client);
        Map<String, Object> inOrder = new HashMap<>(client);
        // A topic that was just created may refuse the first batch and take the next, after which the first never fits.
        inOrder.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        producer = new KafkaProducer<>(inOrder, new ByteArraySerializer(), new ByteArraySerializer());
        threads = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void stop() {
        threads.shutdownNow();
        producer.close();
        admin.close();
        cluster.close();
    }

    @BeforeEach
    void makeTopic(TestInfo test) throws Exception {
        topic = "alerts-" + Integer.toHexString(test.getDisplayName().hashCode());
        admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                .all()
                .get();
    }

    @AfterEach
    void stopWhatRuns() {
        running.forEach(each -> each.stop.set(true));
        running.forEach(each -> each.end.handle((done, failed) -> true).join());
    }

    @Test
    void handsOverEachAlertOnceAndInTheOrderOfItsPatient() throws Exception {
        send(40, 25);
        send(40, 25);

        Running inbox = run(this::note);
        awaitHandled(40 * 25);

        assertThat(handled.values()).hasSize(40).allSatisfy(versions -> assertThat(versions)
                .containsExactlyElementsOf(upTo(25)));
        await().atMost(PATIENCE).until(() -> committed() == 2 * 40 * 25);
        inbox.close();
        assertThat(inbox.inbox.duplicates()).isEqualTo(40 * 25);
    }

    @Test
    void commitsNothingThatIsNotHandled() throws Exception {
        CountDownLatch atTheThird = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        sendTo(0, "alert", 1, 10);

        Running inbox = run(alert -> {
            if (alert.version() == 3) {
                atTheThird.countDown();
                mayGoOn.await();
            }
            note(alert);
        });
        atTheThird.await();

        await().atMost(PATIENCE).until(() -> committed() == 2);
        mayGoOn.countDown();
        await().atMost(PATIENCE).until(() -> committed() == 10);
        inbox.close();
    }

    @Test
    void aSlowPartitionIsBoundedAndHoldsUpNoOther() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        int many = 6 * AlertInbox.MOST_WAITING;
        sendTo(0, "slow", 1, many);
        sendTo(1, "quick", 1, many);

        Running inbox = run(alert -> {
            if (alert.partition() == 0) {
                mayGoOn.await();
            }
            note(alert);
        });
        await().atMost(PATIENCE).until(() -> count("quick") == many);

        // Its group still has the member, and the slow partition is not read to its end.
        assertThat(inbox.consumer.metrics().values().stream()
                        .filter(metric -> metric.metricName().name().equals("records-lag")
                                && "0".equals(metric.metricName().tags().get("partition")))
                        .map(metric -> (Double) metric.metricValue()))
                .singleElement()
                .satisfies(lag -> assertThat(lag).isGreaterThan(many - 3.0 * AlertInbox.MOST_WAITING));
        assertThat(count("slow")).isZero();

        mayGoOn.countDown();
        await().atMost(PATIENCE).until(() -> count("slow") == many);
        inbox.close();
    }

    @Test
    void losesAndRepeatsNothingWhenPartitionsMove() throws Exception {
        AlertInbox.Handler slow = alert -> {
            LockSupport.parkNanos(1_000_000);
            note(alert);
        };
        AtomicBoolean moved = new AtomicBoolean();
        Running first = run(slow);
        Future<Integer> sending = threads.submit(() -> sendUntil(moved));
        await().atMost(PATIENCE).until(() -> handledInAll() > 100);
        Running second = run(slow);
        await().atMost(PATIENCE).until(() -> readers() == 2);
        first.close();
        moved.set(true);
        int versions = sending.get();
        awaitHandled(versions * 20);

        assertThat(handled.values()).hasSize(20).allSatisfy(each -> assertThat(each)
                .containsExactlyElementsOf(upTo(versions)));
        second.close();
    }

    @Test
    void stopsAtAnAlertThatCannotBeHandledAndBeginsThereAgain() throws Exception {
        sendTo(0, "alert", 1, 10);

        Running failing = run(alert -> {
            if (alert.version() == 4) {
                throw new IllegalStateException("Ada Lovelace");
            }
            note(alert);
        });

        assertThatExceptionOfType(Exception.class)
                .isThrownBy(failing.end::join)
                .havingCause()
                .isInstanceOf(KafkaException.class)
                .withMessage("the alert at " + topic + "-0/3 could not be handled: java.lang.IllegalStateException")
                .withNoCause();
        assertThat(committed()).isEqualTo(3);
        run(this::note);
        awaitHandled(10);
        assertThat(handled.get("alert")).containsExactlyElementsOf(upTo(10));
    }

    @Test
    void knowsAfterARestartWhatItHandledBefore() throws Exception {
        sendTo(0, "alert", 1, 5);
        Running before = run(this::note);
        awaitHandled(5);
        before.close();
        sendTo(0, "alert", 1, 5);
        sendTo(0, "alert", 6, 6);

        Running after = run(this::note);
        awaitHandled(6);

        assertThat(handled.get("alert")).containsExactlyElementsOf(upTo(6));
        after.close();
        assertThat(after.inbox.duplicates()).isEqualTo(5);
    }

    private Running run(AlertInbox.Handler handler) {
        Map<String, Object> settings = new HashMap<>(AlertInbox.settings(Map.of()));
        settings.put("bootstrap.servers", cluster.bootstrapServers());
        settings.put("group.id", topic);
        settings.put("auto.offset.reset", "earliest");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        AlertInbox inbox = new AlertInbox(consumer, handler, threads);
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                () -> {
                    try (consumer) {
                        inbox.share(topic, stop::get);
                    }
                },
                threads);
        Running started = new Running(inbox, consumer, stop, end);
        running.add(started);
        return started;
    }

    private void note(ReceivedAlert alert) {
        handled.computeIfAbsent(Objects.requireNonNull(alert.alertId()), id -> new CopyOnWriteArrayList<>())
                .add(alert.version());
    }

    private int count(String alert) {
        return handled.getOrDefault(alert, List.of()).size();
    }

    private int handledInAll() {
        return handled.values().stream().mapToInt(List::size).sum();
    }

    private void awaitHandled(int alerts) {
        await().atMost(PATIENCE).until(() -> handledInAll() >= alerts);
    }

    /** Members of the group that have partitions. */
    private long readers() throws Exception {
        return admin.describeConsumerGroups(List.of(topic)).all().get().get(topic).members().stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .count();
    }

    /** Sum of the group's committed offsets. */
    private long committed() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(topic)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets.values().stream()
                .filter(Objects::nonNull)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    /** Versions 1 to n of each of so many alerts, each of another patient. */
    private void send(int alerts, int versions) {
        for (int version = 1; version <= versions; version++) {
            for (int alert = 0; alert < alerts; alert++) {
                send("alert-" + alert, version, null);
            }
        }
        producer.flush();
    }

    /** Versions of 20 alerts, so that some hundred always wait; returns the last version. */
    private int sendUntil(AtomicBoolean enough) {
        int version = 0;
        while (!enough.get()) {
            version++;
            for (int alert = 0; alert < 20; alert++) {
                send("alert-" + alert, version, null);
            }
            producer.flush();
            int sent = 20 * version;
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> handledInAll() >= sent - 300);
        }
        return version;
    }

    private void sendTo(int partition, String alert, int from, int to) {
        for (int version = from; version <= to; version++) {
            send(alert, version, partition);
        }
        producer.flush();
    }

    private void send(String alert, int version, @Nullable Integer partition) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, partition, bytes("Patient/" + alert), bytes("{}"));
        record.headers()
                .add(HeaderNames.ALERT_ID, bytes(alert))
                .add(HeaderNames.ALERT_VERSION, bytes(Integer.toString(version)));
        Future<?> unused = producer.send(record); // A lost one would be missed by the test.
    }

    private static List<Long> upTo(int last) {
        List<Long> versions = new ArrayList<>();
        for (long version = 1; version <= last; version++) {
            versions.add(version);
        }
        return versions;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
