package io.clinicalstreams.verifier;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.MissingTopicException;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.verifier.account.Ledger;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.classify.ExpectedResources;
import io.clinicalstreams.verifier.classify.InputListener;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicReader;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerificationException;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Judges a run from outside. Take a {@link Mark} before the run, wait until its input is
 * {@linkplain #awaitProcessed processed}, then verify: it reads the topics back, committed records only, and matches
 * every resource with its outcome.
 */
public final class Verifier {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Longer than a broker takes to restart. */
    private static final Duration START_MARK_WITHIN = Duration.ofSeconds(30);

    /** Keys in the medication catalogue that {@code topics reference apply} owns, not the lane. */
    private static final byte[] CURATED = "curated/".getBytes(StandardCharsets.UTF_8);

    private final Catalogue catalogue;
    private final VerifiedTopics topics;
    private final TopicReader reader;
    private final Map<String, Object> clientConfig;
    private final List<VerifiedTopic> outputs;
    private final List<String> groups;
    private final Consumer<String> progress;

    /** @param clientConfig connection and security settings */
    public Verifier(Catalogue catalogue, Map<String, Object> clientConfig) {
        this(catalogue, clientConfig, catalogue.lanes(), line -> {});
    }

    /**
     * @param lanes the running lanes; only those that read the received topic count
     * @param progress gets a line every few seconds while something takes long
     */
    public Verifier(
            Catalogue catalogue, Map<String, Object> clientConfig, List<Lane> lanes, Consumer<String> progress) {
        this.catalogue = catalogue;
        topics = VerifiedTopics.of(catalogue);
        groups = lanes.stream()
                .filter(lane -> lane.sources().contains(catalogue.topic(TopicNames.RESOURCE_RECEIVED)))
                .map(Lane::applicationId)
                .toList();
        reader = new TopicReader(clientConfig, PATIENCE, progress);
        this.progress = progress;
        this.clientConfig = Map.copyOf(clientConfig);
        outputs = new ArrayList<>(List.of(topics.rejected(), topics.alertsGenerated(), topics.alertsCurrent()));
        outputs.addAll(topics.recorded());
    }

    /** The current end offsets of all topics. */
    public Mark mark() {
        try (KafkaConsumer<byte[], byte[]> consumer = reader.consumer("read_uncommitted")) {
            List<TopicPartition> partitions = topics.all().stream()
                    .flatMap(topic -> TopicReader.partitions(topic).stream())
                    .toList();
            consumer.assign(partitions);
            return new Mark(consumer.endOffsets(partitions, PATIENCE));
        }
    }

    /**
     * The current end offsets of the topics, and the offsets up to which the lanes have processed their input.
     *
     * @throws MissingTopicException when a topic is missing
     * @throws VerificationException when its partition count differs from the catalogue's
     */
    public StartMark startMark() {
        try (Admin admin = Admin.create(ClusterAnswer.within(START_MARK_WITHIN, clientConfig))) {
            Map<TopicPartition, Long> processed = new HashMap<>();
            for (String group : groups) {
                Map<TopicPartition, OffsetAndMetadata> commits =
                        ClusterAnswer.of(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
                for (TopicPartition partition : inputPartitions()) {
                    OffsetAndMetadata commit = commits.get(partition);
                    processed.merge(partition, commit == null ? 0 : commit.offset(), Math::min);
                }
            }
            // Commits before ends: all outputs of committed input are then before the ends.
            return StartMark.of(
                    ClusterAnswer.of(admin.describeCluster().clusterId()),
                    topicIds(admin),
                    mark(),
                    new Mark(processed));
        }
    }

    private Map<String, String> topicIds(Admin admin) {
        List<VerifiedTopic> all = topics.all();
        Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                        all.stream().map(VerifiedTopic::fullName).toList())
                .topicNameValues();
        return all.stream()
                .collect(Collectors.toMap(
                        VerifiedTopic::fullName,
                        topic -> topicId(topic, Objects.requireNonNull(described.get(topic.fullName())))));
    }

    private String topicId(VerifiedTopic topic, KafkaFuture<TopicDescription> answer) {
        String name = topic.fullName();
        try {
            TopicDescription description = ClusterAnswer.of(answer);
            int expected = topic.partitions();
            int actual = description.partitions().size();
            if (actual != expected) {
                throw new VerificationException(
                        name + " has " + actual + " partitions, the catalogue says " + expected + "; see topics plan");
            }
            return description.topicId().toString();
        } catch (UnknownTopicOrPartitionException absent) {
            throw new MissingTopicException(catalogue, List.of(name), clientConfig);
        }
    }

    private List<TopicPartition> inputPartitions() {
        return Stream.of(topics.received(), topics.rekeyed())
                .flatMap(topic -> TopicReader.partitions(topic).stream())
                .toList();
    }

    /**
     * Waits until the lanes have processed the current input.
     *
     * @param from where the input starts for a lane without a commit
     * @throws VerificationException when that takes longer than {@code patience}
     */
    public void awaitProcessed(Mark from, Duration patience) {
        awaitProcessed(from, patience, () -> false);
    }

    /** The same, but stops with an exception that says what is left as soon as {@code givenUp} is true. */
    public void awaitProcessed(Mark from, Duration patience, BooleanSupplier givenUp) {
        try (Admin admin = Admin.create(clientConfig);
                KafkaConsumer<byte[], byte[]> committed = reader.consumer("read_committed")) {
            new CatchUp(admin, committed, List.of(topics.received(), topics.rekeyed()), outputs)
                    .await(groups, from, new CatchUp.Wait(patience, givenUp, progress));
        }
    }

    /**
     * The outcome of every resource after the mark.
     *
     * @param acknowledgedRecords number of records confirmed to the sender; negative when unknown
     */
    public static Verdict verify(TopicSource source, VerifiedTopics topics, Mark from, long acknowledgedRecords) {
        return verify(source, topics, from, acknowledgedRecords, List.of());
    }

    /** @param others take the input as well */
    static Verdict verify(
            TopicSource source,
            VerifiedTopics topics,
            Mark from,
            long acknowledgedRecords,
            List<? extends InputListener> others) {
        Ledger ledger = new Ledger(topics);
        List<InputListener> listeners = new ArrayList<>(others);
        listeners.add(ledger);
        Mark to = new ExpectedResources(topics).read(source, from, listeners);
        for (VerifiedTopic topic : topics.recorded()) {
            source.read(topic, from, record -> {
                if (!isCurated(record)) {
                    ledger.recorded(topic, record);
                }
            });
        }
        source.read(topics.rejected(), from, ledger::rejected);
        source.read(topics.received(), to, ledger::cameLater);
        source.read(topics.rekeyed(), to, ledger::cameLater);
        return ledger.verdict(acknowledgedRecords);
    }

    /** The whole verdict on everything after the mark, when the lanes have processed it. */
    public RunVerdict judge(Mark from, long acknowledgedRecords) {
        RunVerdict run = RunVerdict.of(reader, topics, from, acknowledgedRecords, true);
        return topics.hasLedger() ? run.with(ledger(from)) : run;
    }

    /**
     * The verdict on the lanes' ledger, whether they run or not.
     *
     * @param from input from here on is counted, with its output
     */
    public LedgerVerdict ledger(Mark from) {
        try (Admin admin = Admin.create(clientConfig)) {
            return new LedgerReader(admin, reader, topics, catalogue).verdict(from);
        }
    }

    /** The reader for the topics, for promises and oracles. */
    public TopicSource source() {
        return reader;
    }

    public VerifiedTopics topics() {
        return topics;
    }

    private static boolean isCurated(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        return record.headers().lastHeader(HeaderNames.ORIGIN) == null
                && key != null
                && key.length >= CURATED.length
                && Arrays.equals(key, 0, CURATED.length, CURATED, 0, CURATED.length);
    }
}
