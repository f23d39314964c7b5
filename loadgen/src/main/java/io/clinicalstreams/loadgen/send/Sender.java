package io.clinicalstreams.loadgen.send;

import io.clinicalstreams.topics.Catalogue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a source's records on a fixed schedule and never skips a slot: when the system is slow, records are late, their
 * lateness is measured, and the header {@code sent-at} still holds the intended send time. So a stall shows in the
 * latencies instead of reducing the load.
 */
public final class Sender implements AutoCloseable {

    /** How long a run that is behind its schedule goes on after its end to send overdue records. */
    private static final Duration CATCH_UP = Duration.ofSeconds(10);

    private final Target target;
    private final List<Producer<byte[], byte[]>> producers;
    private final Ticker ticker;
    private volatile boolean stopped;
    private volatile @Nullable Sending current;

    /** Owns and closes the producers. With more than one, each has its own thread. */
    Sender(Target target, List<Producer<byte[], byte[]>> producers, Ticker ticker) {
        this.target = target;
        this.producers = List.copyOf(producers);
        this.ticker = ticker;
    }

    /** A sender to {@link Target#received}. */
    public static Sender open(Catalogue catalogue, Map<String, ?> clientSettings) {
        return open(Target.received(catalogue, clientSettings), 1);
    }

    /** @param threads sending threads, each with its own producer; all records of a key are sent by one thread */
    public static Sender open(Target target, int threads) {
        List<Producer<byte[], byte[]>> producers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            producers.add(target.open());
        }
        return new Sender(target, producers, Ticker.system());
    }

    /** How many partitions the topic has on the cluster. */
    public int partitions() {
        return producers.get(0).partitionsFor(target.topic()).size();
    }

    /** Ends the run after the current record and still awaits confirmations. Callable from any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Sends until the source ends, the time is up, {@link #stop} is called or a record fails; then waits for the
     * confirmations. A run that is behind its schedule at its end has some seconds to catch up.
     *
     * @param progress receives the counts about once a second, on the calling thread; seconds since the start
     */
    public SendResult run(Source source, Schedule schedule, Consumer<SendResult> progress) throws IOException {
        Sending sending = new Sending(target, schedule, ticker, () -> stopped, progress);
        current = sending;
        List<SendingThread> threads = producers.size() == 1
                ? List.of()
                : producers.stream()
                        .map(producer -> SendingThread.start(producer, sending))
                        .toList();
        boolean isCutShort;
        try {
            isCutShort = run(source, schedule, sending, threads);
        } finally {
            threads.forEach(SendingThread::finish);
        }
        if (isCutShort) {
            sending.countUnsent();
        }
        producers.forEach(Producer::flush);
        return sending.result();
    }

    /** The counts of the latest run so far, with the seconds since its start; null before the first. From any thread. */
    public @Nullable SendResult soFar() {
        Sending sending = current;
        return sending == null ? null : sending.soFar();
    }

    /** @return whether it ended before the source and the schedule did */
    private boolean run(Source source, Schedule schedule, Sending sending, List<SendingThread> threads)
            throws IOException {
        for (long i = 0; !sending.isOver(); i++) {
            long due = schedule.isPaced() ? schedule.dueNanos(i) : sending.now();
            if (due >= schedule.end()) {
                return sending.isOver();
            }
            if (sending.now() > schedule.end() + CATCH_UP.toNanos()) {
                return true;
            }
            Outgoing outgoing = source.next();
            if (outgoing == null) {
                return false;
            }
            DueRecord next = new DueRecord(i, due, outgoing);
            if (threads.isEmpty()) {
                sending.send(producers.get(0), next, sending::tell);
            } else {
                threads.get(next.thread(threads.size())).give(next);
            }
        }
        return true;
    }

    @Override
    public void close() {
        producers.forEach(Producer::close);
    }
}
