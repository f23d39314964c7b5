package io.clinicalstreams.demo;

import io.clinicalstreams.verifier.RunVerdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts known to the lanes only: readings not evaluated and alerts suppressed. No topic shows them, so they come from
 * the lanes' metrics; all other numbers of the report come from the topics.
 */
record LaneCounts(MeterRegistry registry) {

    Report report(RunVerdict verdict, Measured measured) {
        return Report.assemble(
                verdict.resources(),
                verdict.alerts(),
                notEvaluated(),
                suppressed(),
                measured.alert(),
                measured.recorded(),
                measured.generatorLate(),
                measured.seconds());
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
}
