package io.clinicalstreams.demo.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How much of the input a topology's consumers have taken in: told by {@link IntakeInterceptor}, asked by a run. */
final class Intake {

    private final long expected;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicReference<@Nullable ProcessTimes> first = new AtomicReference<>();
    private final CountDownLatch complete = new CountDownLatch(1);

    /** @param expected how many records the input holds */
    Intake(long expected) {
        this.expected = expected;
    }

    void took(int records) {
        if (records == 0) {
            return;
        }
        if (first.get() == null) {
            first.compareAndSet(null, ProcessTimes.untilNow());
        }
        if (taken.addAndGet(records) >= expected) {
            complete.countDown();
        }
    }

    long taken() {
        return taken.get();
    }

    /** When the first records had come and none was processed, or null before. */
    @Nullable
    ProcessTimes first() {
        return first.get();
    }

    /** True when everything was taken in within the time. */
    boolean awaitAll(long millis) throws InterruptedException {
        return complete.await(millis, TimeUnit.MILLISECONDS);
    }
}
