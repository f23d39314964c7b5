package io.clinicalstreams.loadgen.verify;

/** A distribution in four numbers, in milliseconds; zeros where nothing was measured. */
public record Percentiles(double p50, double p99, double p999, double max) {

    public static final Percentiles NONE = new Percentiles(0, 0, 0, 0);
}
