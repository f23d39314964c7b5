package io.clinicalstreams.pipeline.inbox;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of one partition that wait to be handled. They are handled one at a time, in order, on one thread of the
 * executor, while the consumer's thread adds more. The order of a partition includes the order of each patient.
 */
final class PartitionAlerts {

    private final AlertInbox.Handler handler;
    private final Executor executor;
    private final KnownVersions known = new KnownVersions();
    private final Queue<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private final long first;
    private long next;
    private long duplicates;
    private boolean busy;
    private boolean closed;
    private @Nullable Throwable failure;

    /** @param first the offset of the first alert to handle; earlier ones are only remembered */
    PartitionAlerts(long first, AlertInbox.Handler handler, Executor executor) {
        this.first = first;
        this.next = first;
        this.handler = handler;
        this.executor = executor;
    }

    void add(Collection<ConsumerRecord<byte[], byte[]>> records) {
        synchronized (this) {
            waiting.addAll(records);
            if (busy || closed) {
                return;
            }
            busy = true;
        }
        executor.execute(this::handleAll);
    }

    /** How many wait, the one being handled included. */
    synchronized int size() {
        return waiting.size() + (busy ? 1 : 0);
    }

    /** The offset after the last alert that was handled. */
    synchronized long next() {
        return next;
    }

    synchronized long duplicates() {
        return duplicates;
    }

    /** Why it stopped; null if it did not. */
    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Takes no more, and drops what waits. */
    synchronized void drop() {
        closed = true;
        waiting.clear();
    }

    /**
     * Waits for the alert being handled, after the others were dropped.
     *
     * @return false if that took longer; it may then be handled a second time, by the next reader of the partition
     */
    synchronized boolean awaitEnd(long atMostMillis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(atMostMillis);
        for (long left = atMostMillis;
                busy && left > 0;
                left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
            wait(left);
        }
        return !busy;
    }

    private void handleAll() {
        for (ConsumerRecord<byte[], byte[]> record = take(); record != null; record = take()) {
            try {
                handle(record);
            } catch (Throwable failed) { // An Error, too, must not look as if the alert had been handled.
                fail(failed);
                return;
            }
        }
    }

    private synchronized @Nullable ConsumerRecord<byte[], byte[]> take() {
        ConsumerRecord<byte[], byte[]> record = waiting.poll();
        if (record == null) {
            busy = false;
            notifyAll();
        }
        return record;
    }

    private void handle(ConsumerRecord<byte[], byte[]> record) throws Exception {
        ReceivedAlert alert = ReceivedAlert.of(record);
        boolean isNew = known.add(alert);
        if (record.offset() >= first) {
            if (isNew) {
                handler.handle(alert);
            }
            done(record.offset() + 1, isNew);
        }
    }

    private synchronized void done(long next, boolean wasNew) {
        this.next = next;
        if (!wasNew) {
            duplicates++;
        }
    }

    private synchronized void fail(Throwable failed) {
        failure = failed;
        closed = true;
        waiting.clear();
        busy = false;
        notifyAll();
    }
}
