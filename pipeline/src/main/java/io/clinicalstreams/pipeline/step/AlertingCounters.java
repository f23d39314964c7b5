package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.Alert;
import io.clinicalstreams.pipeline.domain.MergeEvent;
import io.clinicalstreams.pipeline.domain.Suppressed;
import io.clinicalstreams.pipeline.domain.Unevaluated;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.fhir.resource.RoutedType;
import io.clinicalstreams.pipeline.ledger.Accounting;
import io.clinicalstreams.pipeline.ledger.InputLedger;
import io.clinicalstreams.pipeline.ledger.ReasonCounters;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.Merge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the alerting lane did with each resource and found in each Observation: in the ledger, and as metrics since this
 * process started. The metrics are not exactly-once: after a crash, inputs are counted again.
 */
public final class AlertingCounters {

    private static final String NOT_EVALUATED = "clinical.readings.not.evaluated";
    private static final String WHY_NOT_EVALUATED = "Readings that no rule could evaluate";

    /** The reasons that tell an author of rules what is missing. */
    private static final Set<NotEvaluated> ABOUT_RULES = EnumSet.of(
            NotEvaluated.NO_RULE, NotEvaluated.NO_VALUE, NotEvaluated.UNIT_MISSING, NotEvaluated.UNIT_NOT_CONVERTIBLE);

    /** Codes come from input, so their counters must be limited; hospitals use some hundreds. Rules are the author's. */
    private static final int MOST_CODES = 500;

    private final InputLedger ledger;
    private final ReasonCounters evaluated;
    private final ReasonCounters learned;
    private final ReasonCounters leftToRekeying;
    private final ReasonCounters refused;
    private final ReasonCounters passedOver;
    private final ReasonCounters notEvaluated;
    private final ReasonCounters suppressed;
    private final Map<Unevaluated, Counter> byRule = new ConcurrentHashMap<>();
    private final Map<Unevaluated, Counter> byCode = new ConcurrentHashMap<>();
    private final MeterProvider<Counter> unevaluated;
    private final ReasonCounters forwarded;
    private final ReasonCounters takenOver;
    private final ReasonCounters merges;
    private final MeterProvider<Counter> undetermined;
    private final MeterProvider<Counter> alerts;

    public AlertingCounters(MeterRegistry registry, InputLedger ledger) {
        this.ledger = ledger;
        evaluated = ReasonCounters.single(
                registry,
                ledger,
                Accounting.EVALUATED,
                "clinical.observations.evaluated",
                "Observations evaluated by the rules");
        learned = ReasonCounters.single(
                registry,
                ledger,
                Accounting.LEARNED,
                "clinical.patients.learned",
                "Patients, Encounters and heartbeats of Devices that were noted");
        leftToRekeying = ReasonCounters.single(
                registry,
                ledger,
                Accounting.REKEYED,
                "clinical.readings.left.to.rekeying",
                "Mis-keyed inputs, which the recording lane re-keys");
        passedOver = ReasonCounters.tagged(
                registry,
                ledger,
                Accounting.PASSED_OVER,
                "reason",
                "clinical.resources.passed.over",
                "Resources without anything for the rules");
        // One metric for both: a resource that was refused has readings that no rule could evaluate.
        refused =
                ReasonCounters.tagged(registry, ledger, Accounting.REFUSED, "reason", NOT_EVALUATED, WHY_NOT_EVALUATED);
        notEvaluated = ReasonCounters.tagged(
                registry, ledger, Accounting.NOT_EVALUATED, "reason", NOT_EVALUATED, WHY_NOT_EVALUATED);
        suppressed = ReasonCounters.tagged(
                registry,
                ledger,
                Accounting.SUPPRESSED,
                "reason",
                "clinical.alerts.suppressed",
                "Readings of an episode that caused no transition");
        unevaluated = Counter.builder("clinical.rules.unmatched")
                .description("Readings that no rule could evaluate, by the rule or by the code that has none")
                .withRegistry(registry);
        forwarded = ReasonCounters.tagged(
                registry,
                ledger,
                Accounting.FORWARDED,
                "what",
                "clinical.duplicates.forwarded",
                "Inputs and states of duplicates sent on to the patient that replaces them");
        takenOver = ReasonCounters.tagged(
                registry,
                ledger,
                Accounting.TAKEN_OVER,
                "what",
                "clinical.duplicates.taken.over",
                "What the patients that replace duplicates took over of their states");
        merges = ReasonCounters.tagged(
                registry,
                ledger,
                Accounting.MERGES,
                "event",
                "clinical.patients.merges",
                "What became of links between duplicates and the patients that replace them");
        undetermined = Counter.builder("clinical.order.undetermined")
                .description("Inputs and changes of rules whose place among a patient's inputs is not in the log")
                .withRegistry(registry);
        alerts = Counter.builder("clinical.alerts")
                .description("Transitions of alerts")
                .withRegistry(registry);
    }

    /** An Observation was evaluated by the rules. */
    void evaluated() {
        evaluated.increment(RoutedType.OBSERVATION.resourceType());
    }

    /** A Patient or an Encounter was noted. */
    void learned(String resourceType) {
        learned.increment(resourceType);
    }

    /** Something went on to the patient that replaces a duplicate. */
    void forwarded(Merge what) {
        forwarded.increment(what.label());
    }

    /**
     * A duplicate's state came to the patient that replaces it.
     *
     * @param what {@code state}, {@code open-alerts} if only those could be taken over, or {@code refused}
     */
    void takenOver(String what) {
        takenOver.increment(what);
    }

    void merge(MergeEvent event) {
        merges.increment(event.label());
    }

    /** A mis-keyed Observation or Patient was skipped, because the recording lane re-keys it. */
    void leftToRekeying() {
        leftToRekeying.increment(TopicNames.RESOURCE_REKEYED);
    }

    /** A resource about a patient did not reach the rules. */
    void refused(NotEvaluated reason) {
        refused.increment(reason.label());
    }

    /** @param reason its type, or what the recording lane does with it */
    void passedOver(String reason) {
        passedOver.increment(reason);
    }

    void notEvaluated(Unevaluated measurement) {
        notEvaluated.increment(measurement.reason().label());
        if (ABOUT_RULES.contains(measurement.reason())) {
            Counter source = measurement.rule().isEmpty()
                    ? ofCode(measurement)
                    : byRule.computeIfAbsent(measurement, this::counter);
            source.increment();
        }
    }

    private Counter ofCode(Unevaluated measurement) {
        boolean isKnown = byCode.containsKey(measurement) || byCode.size() < MOST_CODES;
        Unevaluated source = isKnown ? measurement : new Unevaluated(measurement.reason(), "other", "other");
        return byCode.computeIfAbsent(source, this::counter);
    }

    private Counter counter(Unevaluated source) {
        return unevaluated.withTags("reason", source.reason().label(), "rule", source.rule(), "code", source.code());
    }

    void suppressed(Suppressed reason) {
        suppressed.increment(reason.label());
    }

    /**
     * While this is 0, reading the same log again gives the same alerts. A re-keyed record may be read before or after
     * the patient's records in the first topic; changed rules are in a topic of their own.
     *
     * @param reason {@code rekeyed} or {@code rules-changed}
     */
    void orderUndetermined(String reason) {
        undetermined.withTag("reason", reason).increment();
    }

    void alert(Alert alert) {
        String transition = AlertRecords.lowerCase(alert.transition());
        alerts.withTags("transition", transition, "severity", AlertRecords.lowerCase(alert.severity()))
                .increment();
        ledger.count(Accounting.ALERTS, transition);
    }

    /** What is counted from now on is not about an input of the task with this partition. */
    void withoutInput(int partition) {
        ledger.withoutRecord(partition);
    }
}
