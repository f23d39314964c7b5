package io.clinicalstreams.peer;

import io.clinicalstreams.loadgen.measure.CpuTimes;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How many input records a topology's consumers have polled: written by {@link InputProgressInterceptor}, read by a run. */
public final class InputProgress {

    private final long expected;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicReference<@Nullable CpuTimes> first = new AtomicReference<>();
    private final CountDownLatch complete = new CountDownLatch(1);

    /** @param expected number of input records */
    InputProgress(long expected) {
        this.expected = expected;
    }

    /** Another poll returned so many records. */
    public void took(int records) {
        if (records == 0) {
            return;
        }
        if (first.get() == null) {
            first.compareAndSet(null, CpuTimes.ofThisProcess());
        }
        if (taken.addAndGet(records) >= expected) {
            complete.countDown();
        }
    }

    long taken() {
        return taken.get();
    }

    /** The times when the first records were polled, before processing; null until then. */
    @Nullable
    CpuTimes first() {
        return first.get();
    }

    /** Returns whether all records were polled within the time. */
    boolean awaitAll(long millis) throws InterruptedException {
        return complete.await(millis, TimeUnit.MILLISECONDS);
    }
}
