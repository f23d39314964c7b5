package io.clinicalstreams.peer;

import io.clinicalstreams.loadgen.measure.CpuTimes;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures one run of a peer over the whole input. The time begins with the first poll that returns records, before they
 * are processed.
 */
public final class PeerRun {

    private static final Duration STUCK = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 1_000;
    private static final long COMMIT_LOOK_MILLIS = 2;

    private final PeerInput input;
    private final Admin admin;
    private final Peer.Processing processing;

    private PeerRun(PeerInput input, Admin admin, Peer.Processing processing) {
        this.input = input;
        this.admin = admin;
        this.processing = processing;
    }

    /** @throws CommandException if the peer fails or does not finish */
    public static PeerResult measure(PeerJob job) throws InterruptedException {
        Catalogue catalogue = job.copyOfCatalogue();
        PeerInput input = new PeerInput(job, catalogue, new InputProgress(job.records()));
        // So that no run pays for the previous run's garbage.
        System.gc();
        try (Admin admin = Admin.create(ClusterAnswer.within(PATIENCE, input.client(Map.of())));
                Peer.Processing processing = job.newPeer().start(input)) {
            return new PeerRun(input, admin, processing).measure();
        } catch (CommandException | InterruptedException failure) {
            throw failure;
        } catch (Exception failure) {
            throw failed(failure);
        }
    }

    private PeerResult measure() throws InterruptedException {
        InputProgress progress = input.progress();
        awaitInput(progress);
        await(() -> processing.isOver() || committed() >= input.job().records());
        await(this::isAllReadable);
        CpuTimes end = CpuTimes.ofThisProcess();
        CpuTimes start = progress.first();
        if (start == null) {
            throw new CommandException(ExitCode.FAILURE, "received no records");
        }
        return new PeerResult(
                processing.threads(), end.secondsSince(start), end.cpuSecondsSince(start), processing.counts());
    }

    private void awaitInput(InputProgress progress) throws InterruptedException {
        long before = 0;
        long moved = System.nanoTime();
        while (!progress.awaitAll(LOOK_MILLIS)) {
            if (progress.taken() > before) {
                before = progress.taken();
                moved = System.nanoTime();
            }
            failWhenStuck(moved);
        }
    }

    /** Polls often only after all records were read: polling costs CPU time too. */
    private void await(BooleanSupplier done) throws InterruptedException {
        long since = System.nanoTime();
        while (!done.getAsBoolean()) {
            failWhenStuck(since);
            TimeUnit.MILLISECONDS.sleep(COMMIT_LOOK_MILLIS);
        }
    }

    /** The sum of the group's committed offsets in the input. */
    private long committed() {
        Map<TopicPartition, OffsetAndMetadata> offsets = ClusterAnswer.of(
                admin.listConsumerGroupOffsets(input.lane().applicationId()).partitionsToOffsetAndMetadata());
        return offsets.entrySet().stream()
                .filter(offset ->
                        offset.getKey().topic().equals(input.received().fullName()))
                .mapToLong(offset -> offset.getValue().offset())
                .sum();
    }

    /** No transaction is open in the output: a peer may commit its offsets and its output one after the other. */
    private boolean isAllReadable() {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (Topic sink : input.lane().sinks()) {
            IntStream.range(0, sink.partitions())
                    .forEach(
                            partition -> ends.put(new TopicPartition(sink.fullName(), partition), OffsetSpec.latest()));
        }
        return offsets(ends, IsolationLevel.READ_COMMITTED).equals(offsets(ends, IsolationLevel.READ_UNCOMMITTED));
    }

    private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> ends, IsolationLevel isolation) {
        Map<TopicPartition, ListOffsetsResultInfo> answer = ClusterAnswer.of(
                admin.listOffsets(ends, new ListOffsetsOptions(isolation)).all());
        return answer.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue()
                .offset()));
    }

    private void failWhenStuck(long since) {
        Throwable thrown = processing.failure();
        if (thrown != null) {
            throw failed(thrown);
        }
        if (System.nanoTime() - since > STUCK.toNanos()) {
            throw new CommandException(ExitCode.FAILURE, "made no progress for " + STUCK.toSeconds() + " s");
        }
    }

    /** A message may quote a record, so only the root's class is shown. */
    private static CommandException failed(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new CommandException(
                ExitCode.FAILURE, "failed: " + root.getClass().getName());
    }
}
