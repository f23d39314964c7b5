package io.clinicalstreams.loadgen.send;

/**
 * How far a run is.
 *
 * @param records sent, acknowledged or not yet
 * @param resources in them
 * @param lateMillisP99 99th percentile of the lateness so far
 */
public record SendProgress(
        long records,
        long resources,
        long acknowledged,
        long failed,
        long refused,
        double seconds,
        double lateMillisP99) {}
