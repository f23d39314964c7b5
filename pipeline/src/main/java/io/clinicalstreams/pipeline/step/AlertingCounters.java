package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.Alert;
import io.clinicalstreams.pipeline.domain.Suppressed;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the alerting lane processed and skipped, as metrics since this process started. They are not exactly-once: after
 * a crash, inputs are counted again.
 */
public final class AlertingCounters {

    private final ReasonCounters notEvaluated;
    private final ReasonCounters suppressed;
    private final MeterProvider<Counter> alerts;
    private final Counter leftToRekeying;
    private final Counter evaluated;

    public AlertingCounters(MeterRegistry registry) {
        notEvaluated =
                new ReasonCounters(registry, "clinical.readings.not.evaluated", "Readings that no rule could evaluate");
        suppressed = new ReasonCounters(
                registry, "clinical.alerts.suppressed", "Readings of an episode that caused no transition");
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
        notEvaluated.increment(reason.label());
    }

    void suppressed(Suppressed reason) {
        suppressed.increment(reason.label());
    }

    void alert(Alert alert) {
        alerts.withTags(
                        "transition", AlertRecords.lowerCase(alert.transition()),
                        "severity", AlertRecords.lowerCase(alert.severity()))
                .increment();
    }

    /** A mis-keyed Observation or Patient was skipped, because the recording lane re-keys it. */
    void leftToRekeying() {
        leftToRekeying.increment();
    }
}
