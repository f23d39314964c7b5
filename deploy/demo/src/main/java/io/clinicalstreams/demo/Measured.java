package io.clinicalstreams.demo;

import io.clinicalstreams.demo.Report.Latency;
import io.clinicalstreams.demo.Report.Lateness;
import io.clinicalstreams.demo.Report.Percentiles;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.send.SendResult;

/**
 * The measurements of a run. There are no latencies if the generator fell behind its schedule, because they would be
 * those of the generator, and none if the probe failed, because later records would be missing.
 *
 * @param seconds from the first record until the lanes had finished
 */
record Measured(ProbeSnapshot seen, SendResult sent, double seconds) {

    Latency latency() {
        return new Latency(percentiles(LatencyProbe.ALERT), percentiles(LatencyProbe.RECORDED));
    }

    Lateness lateness() {
        return new Lateness(sent.lateMillis(99), sent.lateMillisMax());
    }

    /** False when the probe failed. */
    boolean isWhole() {
        return seen.failure() == null;
    }

    private Percentiles percentiles(String outcome) {
        return isWhole() && sent.keptSchedule() ? Percentiles.of(seen.latencies(outcome)) : Percentiles.NONE;
    }
}
