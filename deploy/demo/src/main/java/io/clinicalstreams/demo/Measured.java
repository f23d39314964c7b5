package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.measure.Latencies;
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

    Percentiles alert() {
        return percentiles(seen.latencies(LatencyProbe.ALERT));
    }

    Percentiles recorded() {
        return percentiles(seen.latencies(LatencyProbe.RECORDED));
    }

    Lateness generatorLate() {
        return new Lateness(sent.lateMillis(99), sent.lateMillisMax());
    }

    /** False when the probe failed. */
    boolean isWhole() {
        return seen.failure() == null;
    }

    private Percentiles percentiles(Latencies latencies) {
        if (latencies.count() == 0 || !isWhole() || !sent.keptSchedule()) {
            return Percentiles.NONE;
        }
        return new Percentiles(latencies.p50(), latencies.p99(), latencies.p999(), latencies.max());
    }
}
