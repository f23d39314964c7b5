package io.clinicalstreams.loadgen.send;

/**
 * When each record is due: {@code t_i = i / rate} after the start, fixed beforehand. Without a rate each record is due
 * when it is reached.
 */
record Schedule(double rate) {

    private static final double NANOS_PER_SECOND = 1e9;

    Schedule {
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate: must be 0 (as fast as possible) or more, was " + rate);
        }
    }

    boolean isPaced() {
        return rate > 0;
    }

    /** Nanoseconds from the start to record {@code i}; only when paced. */
    long dueNanos(long i) {
        return (long) (i * (NANOS_PER_SECOND / rate));
    }
}
