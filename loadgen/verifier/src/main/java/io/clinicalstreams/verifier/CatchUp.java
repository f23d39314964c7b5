package io.clinicalstreams.verifier;

import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicReader;
import io.clinicalstreams.verifier.source.VerificationException;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Waits until consumer groups have taken everything there is. A group has taken a partition when no committed record
 * stands at or behind its committed offset; offsets alone do not tell, because the transaction markers at the end of a
 * partition are never committed past. While a transaction is open anywhere, there may be more to come.
 */
final class CatchUp {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String NO_ANSWER = "the cluster does not answer";

    private final Admin admin;
    private final Consumer<byte[], byte[]> committed;
    private final List<VerifiedTopic> inputs;
    private final List<VerifiedTopic> outputs;

    /**
     * What is known to be nothing but markers, so that it is read once: up to where, by partition and committed offset.
     */
    private final Map<TopicPartition, Gap> empty = new HashMap<>();

    private record Gap(long from, long to) {}

    /**
     * @param committed reads committed records only; it belongs to this object while it is in use
     */
    CatchUp(Admin admin, Consumer<byte[], byte[]> committed, List<VerifiedTopic> inputs, List<VerifiedTopic> outputs) {
        this.admin = admin;
        this.committed = committed;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
    }

    /**
     * @param givenUp true when there is nothing more to wait for
     * @throws VerificationException when the groups did not get there in time; it says what is left
     */
    void await(Collection<String> groups, Mark from, Duration patience, BooleanSupplier givenUp) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            String left = left(groups, from);
            if (left == null) {
                return;
            }
            if (givenUp.getAsBoolean()) {
                throw new VerificationException("not everything was processed: " + left);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new VerificationException(
                        "not everything was processed within " + patience.toSeconds() + " s: " + left);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** The first thing that is not done, or null. */
    private @Nullable String left(Collection<String> groups, Mark from) {
        // Commits first, ends second: an end that was read before a commit would prove nothing.
        Map<String, Map<TopicPartition, OffsetAndMetadata>> commits = new HashMap<>();
        for (String group : groups) {
            commits.put(group, commits(group));
        }
        List<TopicPartition> in = partitions(inputs);
        List<TopicPartition> all = new ArrayList<>(in);
        all.addAll(partitions(outputs));
        Map<TopicPartition, Long> written = ends(all, IsolationLevel.READ_UNCOMMITTED);
        Map<TopicPartition, Long> ends = ends(all, IsolationLevel.READ_COMMITTED);
        if (written == null || ends == null) {
            return NO_ANSWER;
        }
        for (TopicPartition partition : all) {
            if (ends.getOrDefault(partition, 0L) < written.getOrDefault(partition, 0L)) {
                return "a transaction is open in " + partition;
            }
        }
        for (Map.Entry<String, Map<TopicPartition, OffsetAndMetadata>> group : commits.entrySet()) {
            for (TopicPartition partition : in) {
                OffsetAndMetadata commit = group.getValue().get(partition);
                long next = commit == null ? from.of(partition) : commit.offset();
                long end = ends.getOrDefault(partition, 0L);
                if (next < end && hasRecord(partition, next, end)) {
                    return group.getKey() + " stands at " + next + " of " + end + " in " + partition;
                }
            }
        }
        return null;
    }

    /** Whether a committed record stands from one offset up to another. */
    private boolean hasRecord(TopicPartition partition, long from, long to) {
        Gap known = empty.get(partition);
        if (known != null && known.from() <= from && known.to() >= to) {
            return false;
        }
        committed.assign(List.of(partition));
        committed.seek(partition, from);
        long deadline = System.nanoTime() + CALL.toNanos();
        try {
            while (committed.position(partition, CALL) < to) {
                if (!committed.poll(POLL).isEmpty() || System.nanoTime() - deadline > 0) {
                    return true;
                }
            }
        } catch (OffsetOutOfRangeException | RetriableException expiredOrAway) {
            return true;
        }
        empty.put(partition, new Gap(from, to));
        return false;
    }

    /** Nothing when the group does not exist yet, or when its coordinator is moving. */
    private Map<TopicPartition, OffsetAndMetadata> commits(String group) {
        Map<TopicPartition, OffsetAndMetadata> commits =
                answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return commits == null ? Map.of() : commits;
    }

    private @Nullable Map<TopicPartition, Long> ends(List<TopicPartition> partitions, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> answer = answer(
                admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all());
        if (answer == null) {
            return null;
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        answer.forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    /** Null when the cluster does not answer, as while a broker is away. */
    private static <T> @Nullable T answer(KafkaFuture<T> future) {
        try {
            return future.get(CALL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unanswered) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new VerificationException("interrupted while waiting for the lanes");
        }
    }

    private static List<TopicPartition> partitions(List<VerifiedTopic> topics) {
        return topics.stream()
                .flatMap(topic -> TopicReader.partitions(topic).stream())
                .toList();
    }
}
