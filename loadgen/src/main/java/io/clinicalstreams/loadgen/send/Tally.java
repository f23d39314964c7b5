package io.clinicalstreams.loadgen.send;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The counts of one run: written by the sending thread and the producer's, read by anybody. */
final class Tally {

    private static final long LONGEST_MICROS = 3_600_000_000L;

    private final AtomicLong records = new AtomicLong();
    private final AtomicLong resources = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable String> refusal = new AtomicReference<>();
    private final ConcurrentHistogram late = new ConcurrentHistogram(LONGEST_MICROS, 3);

    void sent(Outgoing outgoing) {
        records.incrementAndGet();
        resources.addAndGet(outgoing.resources());
        bytes.addAndGet(outgoing.size());
    }

    void late(long micros) {
        late.recordValue(Math.max(0, Math.min(LONGEST_MICROS, micros)));
    }

    void acknowledged() {
        acknowledged.incrementAndGet();
    }

    void failed(String message) {
        failed.incrementAndGet();
        failure.compareAndSet(null, message);
    }

    void refused(String message) {
        refused.incrementAndGet();
        refusal.compareAndSet(null, message);
    }

    boolean hasFailure() {
        return failed.get() > 0;
    }

    SendProgress progress(double seconds) {
        double p99 = late.getTotalCount() == 0 ? 0 : late.getValueAtPercentile(99) / 1_000.0;
        return new SendProgress(
                records.get(), resources.get(), acknowledged.get(), failed.get(), refused.get(), seconds, p99);
    }

    SendResult result(double seconds) {
        List<String> problems = new ArrayList<>();
        for (AtomicReference<@Nullable String> problem : List.of(failure, refusal)) {
            String message = problem.get();
            if (message != null) {
                problems.add(message);
            }
        }
        Histogram lateness = late.copy();
        return new SendResult(
                records.get(),
                resources.get(),
                acknowledged.get(),
                failed.get(),
                refused.get(),
                lateness,
                seconds,
                bytes.get(),
                problems);
    }
}
