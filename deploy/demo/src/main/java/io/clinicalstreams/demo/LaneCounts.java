package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.verify.Lateness;
import io.clinicalstreams.loadgen.verify.Percentiles;
import io.clinicalstreams.loadgen.verify.Report;
import io.clinicalstreams.loadgen.verify.Verdict;
import io.clinicalstreams.loadgen.verify.alert.AlertCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;

/**
 * What only the lanes can say: which readings were not evaluated, and how often an alert was suppressed. Neither leaves a
 * trace in a topic, so these two come from the lanes' own metrics; all other numbers of the report come from the topics.
 */
record LaneCounts(MeterRegistry registry) {

    Report report(Verdict verdict, AlertCounts alerts, ProbeSnapshot seen, SendResult sent, double seconds) {
        return Report.assemble(
                verdict,
                alerts,
                notEvaluated(),
                suppressed(),
                percentiles(seen.alert()),
                percentiles(seen.recorded()),
                new Lateness(sent.lateMillis(99), sent.lateMillisMax()),
                seconds);
    }

    private Map<String, Long> notEvaluated() {
        Map<String, Long> reasons = new TreeMap<>();
        for (Counter counter : registry.find("clinical.readings.not.evaluated").counters()) {
            reasons.put(String.valueOf(counter.getId().getTag("reason")), (long) counter.count());
        }
        return reasons;
    }

    private long suppressed() {
        return registry.find("clinical.alerts.suppressed").counters().stream()
                .mapToLong(counter -> (long) counter.count())
                .sum();
    }

    private static Percentiles percentiles(Latencies latencies) {
        return new Percentiles(latencies.p50(), latencies.p99(), latencies.p999(), latencies.max());
    }
}
