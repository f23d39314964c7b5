package io.clinicalstreams.loadgen.send;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The sender's clock; tests replace it. */
interface Ticker {

    /** Monotonic nanoseconds. */
    long nanos();

    /** The wall clock, in microseconds since the epoch. */
    long epochMicros();

    /** Waits about this long; may return early. */
    void pause(long nanos);

    /** The machine's clock. */
    static Ticker system() {
        return new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public long epochMicros() {
                Instant now = Instant.now();
                return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
            }

            @Override
            public void pause(long nanos) {
                LockSupport.parkNanos(nanos);
            }
        };
    }
}
