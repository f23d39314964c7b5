package io.clinicalstreams.verifier;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.wire.Merge;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicReader;
import io.clinicalstreams.verifier.source.VerificationException;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Waits until consumer groups have processed the current input. A group has processed a partition up to an end when
 * there is no committed record between its committed offset and that end. Offsets alone do not show it, because a group
 * never commits past the transaction markers at the end of a partition. While a transaction is open, more records may
 * follow.
 */
final class CatchUp {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Admin admin;
    private final Consumer<byte[], byte[]> committed;
    private final List<VerifiedTopic> inputs;
    private final List<VerifiedTopic> outputs;

    /** Ranges known to hold markers only, so that each is read once; by partition. */
    private final Map<TopicPartition, Gap> empty = new HashMap<>();

    private record Gap(long from, long to) {}

    /** @param committed reads committed records only; not used elsewhere meanwhile */
    CatchUp(Admin admin, Consumer<byte[], byte[]> committed, List<VerifiedTopic> inputs, List<VerifiedTopic> outputs) {
        this.admin = admin;
        this.committed = committed;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
    }

    /**
     * Waits for the received topic, then for the re-keyed one, which it feeds and which feeds itself while duplicates
     * forward, then for the outputs of both; each up to its end at that moment.
     *
     * @throws VerificationException when the groups did not finish in time; it says what is left
     */
    void await(Collection<String> groups, Mark from, Wait wait) {
        Map<TopicPartition, Long> ends = Map.of();
        for (VerifiedTopic input : inputs) {
            ends = processed(input, groups, from, wait);
        }
        VerifiedTopic rekeyed = inputs.get(inputs.size() - 1);
        Map<TopicPartition, Long> before = Map.of();
        for (int hop = 0; hop < Merge.MOST_HOPS && !ends.equals(before); hop++) {
            before = ends;
            ends = processed(rekeyed, groups, from, wait);
        }
        Map<TopicPartition, Long> last = new HashMap<>();
        wait.until(() -> open(outputs, last));
    }

    /** @return the ends that it waited for */
    private Map<TopicPartition, Long> processed(VerifiedTopic input, Collection<String> groups, Mark from, Wait wait) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        wait.until(() -> open(List.of(input), ends));
        wait.until(() -> unprocessed(groups, from, ends));
        return ends;
    }

    /** How long to wait, whether to stop waiting, and what gets a line every few seconds with what is left. */
    static final class Wait {

        private final Duration patience;
        private final BooleanSupplier givenUp;
        private final java.util.function.Consumer<String> progress;
        private final long start = System.nanoTime();
        private long reported = start;

        Wait(Duration patience, BooleanSupplier givenUp, java.util.function.Consumer<String> progress) {
            this.patience = patience;
            this.givenUp = givenUp;
            this.progress = progress;
        }

        /** @param left the first unfinished item, or null */
        void until(Supplier<@Nullable String> left) {
            for (String first = next(left); first != null; first = next(left)) {
                long now = System.nanoTime();
                if (givenUp.getAsBoolean()) {
                    throw new VerificationException("input is still unprocessed: " + first);
                }
                if (now - start > patience.toNanos()) {
                    throw new VerificationException(
                            "input is still unprocessed after " + patience.toSeconds() + " s: " + first);
                }
                if (now - reported > REPORT_EVERY.toNanos()) {
                    progress.accept("Waiting: " + first);
                    reported = now;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        private static @Nullable String next(Supplier<@Nullable String> left) {
            try {
                return left.get();
            } catch (AuthorizationException notAllowed) {
                throw notAllowed;
            } catch (InterruptException interrupted) {
                throw new VerificationException("interrupted while waiting for the lanes");
            } catch (KafkaException unanswered) {
                // For example while a broker is down.
                return "the cluster does not respond";
            }
        }
    }

    /**
     * A partition with a transaction still open since the first call, or null.
     *
     * @param ends filled by the first call that the cluster answers
     */
    private @Nullable String open(List<VerifiedTopic> topics, Map<TopicPartition, Long> ends) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> TopicReader.partitions(topic).stream())
                .toList();
        if (ends.isEmpty()) {
            ends.putAll(ends(partitions, IsolationLevel.READ_UNCOMMITTED));
        }
        Map<TopicPartition, Long> committed = ends(partitions, IsolationLevel.READ_COMMITTED);
        return partitions.stream()
                .filter(partition -> committed.getOrDefault(partition, 0L) < ends.getOrDefault(partition, 0L))
                .findFirst()
                .map(partition -> "a transaction is open in " + partition)
                .orElse(null);
    }

    private @Nullable String unprocessed(Collection<String> groups, Mark from, Map<TopicPartition, Long> ends) {
        for (String group : groups) {
            Map<TopicPartition, OffsetAndMetadata> commits = commits(group);
            for (Map.Entry<TopicPartition, Long> each : ends.entrySet()) {
                TopicPartition partition = each.getKey();
                long end = each.getValue();
                OffsetAndMetadata commit = commits.get(partition);
                long next = commit == null ? from.of(partition) : commit.offset();
                if (next < end && hasRecord(partition, next, end)) {
                    return group + " is at " + next + " of " + end + " in " + partition;
                }
            }
        }
        return null;
    }

    /** Whether a committed record exists from one offset up to another. */
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
                boolean found =
                        committed.poll(POLL).records(partition).stream().anyMatch(record -> record.offset() < to);
                if (found || System.nanoTime() - deadline > 0) {
                    return true;
                }
            }
        } catch (OffsetOutOfRangeException | RetriableException expiredOrUnavailable) {
            return true;
        }
        empty.put(partition, new Gap(from, to));
        return false;
    }

    private Map<TopicPartition, OffsetAndMetadata> commits(String group) {
        try {
            return ClusterAnswer.of(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(), CALL);
        } catch (GroupIdNotFoundException notYet) {
            return Map.of();
        }
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        ClusterAnswer.of(
                        admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                                .all(),
                        CALL)
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }
}
