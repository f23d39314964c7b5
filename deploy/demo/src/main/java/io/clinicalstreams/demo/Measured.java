package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.send.SendResult;

/**
 * What was seen while sending. There are no latencies where the generator fell behind its schedule, for they would tell
 * about the generator, and none where the probe broke off, for they would leave out what came later.
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

    /** False when the probe broke off. */
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
