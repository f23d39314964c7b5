package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.Suppressed;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the alerting lane processed and skipped, as metrics since this process started. They are not exactly-once: after
 * a crash, inputs are counted again.
 */
public final class AlertingCounters {

    private final MeterRegistry registry;
    private final Map<String, Counter> notEvaluated = new ConcurrentHashMap<>();
    private final Map<String, Counter> suppressed = new ConcurrentHashMap<>();
    private final Map<String, Counter> alerts = new ConcurrentHashMap<>();
    private final Counter leftToRekeying;
    private final Counter evaluated;

    public AlertingCounters(MeterRegistry registry) {
        this.registry = registry;
        leftToRekeying = Counter.builder("clinical.readings.left.to.rekeying")
                .description("Mis-keyed inputs, which the recording lane re-keys")
                .register(registry);
        evaluated = Counter.builder("clinical.observations.evaluated")
                .description("Observations evaluated by the rules")
                .register(registry);
    }

    /** An Observation was evaluated by the rules. */
    void evaluated() {
        evaluated.increment();
    }

    void notEvaluated(NotEvaluated reason) {
        count(notEvaluated, "clinical.readings.not.evaluated", "Readings that no rule could evaluate", reason.label());
    }

    void suppressed(Suppressed reason) {
        count(
                suppressed,
                "clinical.alerts.suppressed",
                "Readings of an episode that caused no transition",
                reason.label());
    }

    void alert(String transition, String severity) {
        alerts.computeIfAbsent(transition + ' ' + severity, name -> Counter.builder("clinical.alerts")
                        .description("Transitions of alerts")
                        .tag("transition", transition)
                        .tag("severity", severity)
                        .register(registry))
                .increment();
    }

    /** A mis-keyed Observation or Patient was skipped, because the recording lane re-keys it. */
    void leftToRekeying() {
        leftToRekeying.increment();
    }

    private void count(Map<String, Counter> counters, String name, String help, String reason) {
        counters.computeIfAbsent(reason, any -> Counter.builder(name)
                        .description(help)
                        .tag("reason", reason)
                        .register(registry))
                .increment();
    }
}
