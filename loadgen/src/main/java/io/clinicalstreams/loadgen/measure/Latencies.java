package io.clinicalstreams.loadgen.measure;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Percentiles of a latency in milliseconds; all 0 when nothing was measured. */
public record Latencies(long count, double p50, double p95, double p99, double p999, double max) {

    public static final Latencies NONE = new Latencies(0, 0, 0, 0, 0, 0);

    private static final double MICROS_PER_MILLI = 1_000;

    /** The percentiles of a histogram of microseconds. */
    public static Latencies of(Histogram micros) {
        if (micros.getTotalCount() == 0) {
            return NONE;
        }
        return new Latencies(
                micros.getTotalCount(),
                micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(95) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(99.9) / MICROS_PER_MILLI,
                micros.getMaxValue() / MICROS_PER_MILLI);
    }

    /** For JSON: null when nothing was measured, because 0 would read as a very good latency. */
    public @Nullable Latencies orNull() {
        return count == 0 ? null : this;
    }
}
