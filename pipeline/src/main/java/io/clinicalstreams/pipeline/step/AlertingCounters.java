package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.Suppressed;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the alerting lane processed and skipped, as metrics since this process started. They are not exactly-once: after
 * a crash, inputs are counted again.
 */
public final class AlertingCounters {

    // Counted for each reading: the registry, which builds an id for every lookup, is asked once for each reason.
    private final Map<NotEvaluated, Counter> notEvaluated = new ConcurrentHashMap<>();
    private final Map<Suppressed, Counter> suppressed = new ConcurrentHashMap<>();
    private final MeterProvider<Counter> notEvaluatedFor;
    private final MeterProvider<Counter> suppressedFor;
    private final MeterProvider<Counter> alerts;
    private final Counter leftToRekeying;
    private final Counter evaluated;

    public AlertingCounters(MeterRegistry registry) {
        notEvaluatedFor = Counter.builder("clinical.readings.not.evaluated")
                .description("Readings that no rule could evaluate")
                .withRegistry(registry);
        suppressedFor = Counter.builder("clinical.alerts.suppressed")
                .description("Readings of an episode that caused no transition")
                .withRegistry(registry);
        alerts = Counter.builder("clinical.alerts")
                .description("Transitions of alerts")
                .withRegistry(registry);
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
        notEvaluated
                .computeIfAbsent(reason, each -> notEvaluatedFor.withTag("reason", each.label()))
                .increment();
    }

    void suppressed(Suppressed reason) {
        suppressed
                .computeIfAbsent(reason, each -> suppressedFor.withTag("reason", each.label()))
                .increment();
    }

    void alert(String transition, String severity) {
        alerts.withTags("transition", transition, "severity", severity).increment();
    }

    /** A mis-keyed Observation or Patient was skipped, because the recording lane re-keys it. */
    void leftToRekeying() {
        leftToRekeying.increment();
    }
}
