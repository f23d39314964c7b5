package io.clinicalstreams.loadgen.send;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/** The counts of one run: written by the sending threads and the producers' threads, read by any. */
final class Tally {

    private static final long LONGEST_MICROS = 3_600_000_000L;

    private final AtomicLong records = new AtomicLong();
    private final AtomicLong warmUp = new AtomicLong();
    private final AtomicLong resources = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong notSent = new AtomicLong();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable String> refusal = new AtomicReference<>();
    private final ConcurrentHistogram late = new ConcurrentHistogram(LONGEST_MICROS, 3);
    private final ConcurrentHistogram produce = new ConcurrentHistogram(LONGEST_MICROS, 3);

    void sent(Outgoing outgoing, boolean isMeasured) {
        records.incrementAndGet();
        resources.addAndGet(outgoing.resources());
        bytes.addAndGet(outgoing.size());
        if (!isMeasured) {
            warmUp.incrementAndGet();
        }
    }

    void late(long micros) {
        record(late, micros);
    }

    void acknowledged() {
        acknowledged.incrementAndGet();
    }

    /** How long after its intended time a record was confirmed. */
    void produced(long micros) {
        record(produce, micros);
    }

    void failed(String message) {
        failed.incrementAndGet();
        failure.compareAndSet(null, message);
    }

    void refused(String message) {
        refused.incrementAndGet();
        refusal.compareAndSet(null, message);
    }

    /** @param due number of records that were due: those that were neither sent nor refused are left */
    void notSent(long due) {
        notSent.set(Math.max(0, due - records.get() - refused.get()));
    }

    boolean hasFailure() {
        return failed.get() > 0;
    }

    /** The counts so far, or at the end. */
    SendResult result(double seconds) {
        List<String> problems =
                Stream.of(failure.get(), refusal.get()).filter(Objects::nonNull).toList();
        return new SendResult(
                records.get(),
                warmUp.get(),
                resources.get(),
                acknowledged.get(),
                failed.get(),
                refused.get(),
                notSent.get(),
                late.copy(),
                produce.copy(),
                seconds,
                bytes.get(),
                problems);
    }

    private static void record(ConcurrentHistogram histogram, long micros) {
        histogram.recordValue(Math.max(0, Math.min(LONGEST_MICROS, micros)));
    }
}
