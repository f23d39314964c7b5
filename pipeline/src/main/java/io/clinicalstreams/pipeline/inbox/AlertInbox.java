package io.clinicalstreams.pipeline.inbox;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each alert to a handler: partitions in parallel, and the alerts of a partition, and so of a patient, in order.
 *
 * <ul>
 *   <li><b>Nothing is lost.</b> An offset is committed after its alert was handled, never before. A handler that fails
 *       stops the inbox at its alert, which the next start hands over again.
 *   <li><b>Once.</b> An alert that comes again, with the same id and version, is not handed over again. After a restart or
 *       rebalance that holds within a distance: the inbox goes back {@link #READ_BACK} offsets before the committed one,
 *       and remembers the alerts there. An alert from before that comes again is handed over again, and so is one that
 *       was being handled when the process died: its id and version tell the handler.
 *   <li><b>Bounded.</b> A partition pauses when {@link #MOST_WAITING} of its alerts wait, and resumes when half are
 *       handled. The consumer goes on polling, so that a slow handler does not cost the membership.
 *   <li><b>A partition that moves</b> is given up after the alert being handled, with its offset committed.
 * </ul>
 */
public final class AlertInbox {

    /** Acts on an alert. Called by one thread for each partition, so by several at a time. */
    @FunctionalInterface
    public interface Handler {

        /** @throws Exception if the alert was not handled: it stops the inbox, and the alert is handed over again */
        void handle(ReceivedAlert alert) throws Exception;
    }

    /** Of one partition. One poll may bring more: the bound is this plus {@code max.poll.records}. */
    public static final int MOST_WAITING = 500;

    /**
     * How many offsets before the committed one are read again at a start, only to be remembered. These are fewer alerts:
     * the end of a transaction takes an offset, too.
     */
    public static final int READ_BACK = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(AlertInbox.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** While a partition is paused, because only this thread can resume it. */
    private static final Duration POLL_WHILE_PAUSED = Duration.ofMillis(10);

    private static final long COMMIT_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(10);

    /** For the alert being handled when a partition moves. Far below max.poll.interval.ms, which is 5 minutes. */
    private static final long GIVE_UP_MILLIS = 30_000;

    private final Consumer<byte[], byte[]> consumer;
    private final Handler handler;
    private final Executor executor;
    private final Map<TopicPartition, PartitionAlerts> partitions = new HashMap<>();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private boolean commits;
    private long lastCommit = System.nanoTime();
    private long duplicates;
    private @Nullable Throwable failure;

    /**
     * @param consumer with {@link #settings}; used by the thread that runs the inbox, and not closed
     * @param executor a thread for each partition, as of {@code newCachedThreadPool}; {@code Runnable::run} for one
     *     after another on the inbox's own thread
     */
    public AlertInbox(Consumer<byte[], byte[]> consumer, Handler handler, Executor executor) {
        this.consumer = consumer;
        this.handler = handler;
        this.executor = executor;
    }

    /** A consumer's settings with those that the inbox depends on: it commits itself, and only committed alerts. */
    public static Map<String, Object> settings(Map<String, Object> consumer) {
        Map<String, Object> settings = new HashMap<>(consumer);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return settings;
    }

    /**
     * Shares the topic with the other members of the consumer's group, until told to stop. Without a committed offset it
     * begins as {@code auto.offset.reset} says.
     *
     * @param topic full name
     * @param stop asked between polls; to end a poll, wake the consumer up
     * @throws KafkaException if the handler failed, see {@link #failure}, or Kafka did
     */
    public void share(String topic, BooleanSupplier stop) {
        commits = true;
        consumer.subscribe(Set.of(topic), new Moves());
        run(stop);
    }

    /**
     * Reads all partitions that are assigned to the consumer, from its positions, and commits nothing.
     *
     * @param stop asked between polls
     * @throws KafkaException if the handler failed, see {@link #failure}, or Kafka did
     */
    public void follow(BooleanSupplier stop) {
        commits = false;
        consumer.assignment()
                .forEach(partition -> partitions.put(
                        partition, new PartitionAlerts(consumer.position(partition), handler, executor)));
        run(stop);
    }

    /** How many alerts came again and were not handed over. Of partitions that moved away, too. */
    public long duplicates() {
        return duplicates
                + partitions.values().stream()
                        .mapToLong(PartitionAlerts::duplicates)
                        .sum();
    }

    /**
     * What the handler threw, after {@link #share} or {@link #follow} has ended with it; null if it did not fail. It is the
     * cause of no exception, because its message may name a patient, and a stack trace prints each cause.
     */
    public @Nullable Throwable failure() {
        return failure;
    }

    private void run(BooleanSupplier stop) {
        try {
            while (!stop.getAsBoolean()) {
                ConsumerRecords<byte[], byte[]> records =
                        consumer.poll(consumer.paused().isEmpty() ? POLL : POLL_WHILE_PAUSED);
                for (TopicPartition partition : records.partitions()) {
                    PartitionAlerts alerts = partitions.get(partition);
                    if (alerts != null) {
                        alerts.add(records.records(partition));
                    }
                }
                partitions.forEach(this::demand);
                pauseAndResume();
                commit();
            }
        } finally {
            giveUp(Set.copyOf(partitions.keySet()), commits);
        }
    }

    private void demand(TopicPartition partition, PartitionAlerts alerts) {
        failure = alerts.failure();
        if (failure != null) {
            throw new KafkaException("the alert at " + partition + '/' + alerts.next() + " could not be handled: "
                    + failure.getClass().getName());
        }
    }

    private void pauseAndResume() {
        Set<TopicPartition> paused = consumer.paused();
        Set<TopicPartition> full = new HashSet<>();
        Set<TopicPartition> free = new HashSet<>();
        partitions.forEach((partition, alerts) -> {
            int waiting = alerts.size();
            if (waiting >= MOST_WAITING && !paused.contains(partition)) {
                full.add(partition);
            } else if (waiting <= MOST_WAITING / 2 && paused.contains(partition)) {
                free.add(partition);
            }
        });
        consumer.pause(full);
        consumer.resume(free);
    }

    private void commit() {
        if (!commits || System.nanoTime() - lastCommit < COMMIT_INTERVAL_NANOS) {
            return;
        }
        lastCommit = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> handled = new HashMap<>();
        partitions.forEach((partition, alerts) -> {
            // The end of a transaction is an offset of its own: without it, a lag would remain where all is handled.
            boolean all = alerts.size() == 0 && alerts.failure() == null;
            add(partition, all ? Math.max(alerts.next(), consumer.position(partition)) : alerts.next(), handled);
        });
        if (!handled.isEmpty()) {
            consumer.commitAsync(handled, (offsets, failed) -> {
                if (failed == null) {
                    offsets.forEach((partition, offset) -> committed.merge(partition, offset.offset(), Math::max));
                } else {
                    LOG.atWarn()
                            .addKeyValue("reason", failed.getClass().getName())
                            .log("offsets of handled alerts were not committed; tried again");
                }
            });
        }
    }

    private void add(TopicPartition partition, long next, Map<TopicPartition, OffsetAndMetadata> handled) {
        if (next > committed.getOrDefault(partition, -1L)) {
            handled.put(partition, new OffsetAndMetadata(next));
        }
    }

    private void giveUp(Collection<TopicPartition> moving, boolean commit) {
        partitions.entrySet().stream()
                .filter(each -> moving.contains(each.getKey()))
                .forEach(each -> each.getValue().drop());
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GIVE_UP_MILLIS);
            for (TopicPartition partition : moving) {
                PartitionAlerts alerts = partitions.get(partition);
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (alerts != null && !alerts.awaitEnd(Math.max(1, left))) {
                    LOG.atWarn()
                            .addKeyValue("partition", partition)
                            .addKeyValue("offset", alerts.next())
                            .log("an alert is still being handled; it may be handled a second time");
                }
            }
            Map<TopicPartition, OffsetAndMetadata> handled = new HashMap<>();
            for (TopicPartition partition : moving) {
                PartitionAlerts alerts = partitions.get(partition);
                if (alerts != null) {
                    add(partition, alerts.next(), handled);
                }
            }
            if (commit && !handled.isEmpty()) {
                consumer.commitSync(handled, COMMIT_TIMEOUT);
            }
        } catch (KafkaException notCommitted) {
            LOG.atWarn()
                    .addKeyValue("reason", notCommitted.getClass().getName())
                    .log("offsets of handled alerts were not committed; the alerts may be handled a second time");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            for (TopicPartition partition : moving) {
                PartitionAlerts alerts = partitions.remove(partition);
                duplicates += alerts == null ? 0 : alerts.duplicates();
                committed.remove(partition);
            }
        }
    }

    /** Partitions that come and go. Called on the inbox's thread, within a poll. */
    private final class Moves implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            Map<TopicPartition, OffsetAndMetadata> offsets = consumer.committed(Set.copyOf(assigned));
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(assigned);
            for (TopicPartition partition : assigned) {
                OffsetAndMetadata offset = offsets.get(partition);
                long first = offset == null ? consumer.position(partition) : offset.offset();
                long beginning = beginnings.getOrDefault(partition, 0L);
                if (first < beginning) {
                    LOG.atError()
                            .addKeyValue("partition", partition)
                            .addKeyValue("offset", first)
                            .log((beginning - first) + " alerts expired before they were read");
                }
                if (offset != null) {
                    committed.put(partition, offset.offset());
                    consumer.seek(partition, Math.max(beginning, first - READ_BACK));
                }
                partitions.put(partition, new PartitionAlerts(Math.max(first, beginning), handler, executor));
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            giveUp(revoked, true);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            giveUp(lost, false);
        }
    }
}
