package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.DetectedIssueWriter;
import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.EvaluatedPatient;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.ledger.InputLedger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;

/** A task whose stored patients have no input: only time goes by, and rules change. */
final class IdlePatients {

    static final Duration KEPT = Duration.ofDays(2);

    final FakeTask task = new FakeTask();
    final RuleTable rules = new RuleTable();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    IdlePatients() {
        rules.put("hospital/own", Cases.potassiumHigh());
    }

    ExpireStates expiring(int largestAlert) {
        return expiring(rules, largestAlert);
    }

    ExpireStates expiring(RuleTable given, int largestAlert) {
        EvaluateRulesSupplier supplier = new EvaluateRulesSupplier(
                new Evaluator(Cases.UNITS),
                given,
                AlertRetention.of(KEPT, given),
                new EvaluateRulesSupplier.Limits(
                        new SizeLimit(1_000_000), new SizeLimit(largestAlert), new SizeLimit(1_000_000)),
                new DetectedIssueWriter("test"),
                new AlertingCounters(registry, new InputLedger("any", "ledger")));
        return new ExpireStates(supplier, task.states, task.context);
    }

    /** Stores a patient whose last input was at noon. */
    void has(String patient, PatientState state) {
        task.states.put(key(patient), heard(state));
    }

    PatientState state(String patient) {
        return task.states.get(key(patient));
    }

    static PatientState heard(PatientState state) {
        return state.heard(Reading.dayOf(Cases.NOON));
    }

    /** With one open alert. */
    static PatientState raised() {
        EvaluatedPatient patient = new EvaluatedPatient(Cases.UNITS, Cases.potassiumHigh());
        patient.reads(Cases.potassium("6.8").id("a"));
        return patient.state();
    }

    static byte[] key(String patient) {
        return patient.getBytes(StandardCharsets.UTF_8);
    }

    static String transition(Record<? extends byte[], ? extends AlertRecord> record) {
        Header transition = record.headers().lastHeader("transition");
        return transition == null ? "tombstone" : new String(transition.value(), StandardCharsets.US_ASCII);
    }

    static String json(Record<? extends byte[], ? extends AlertRecord> record) {
        return new String(Objects.requireNonNull(record.value().detectedIssue()), StandardCharsets.UTF_8);
    }
}
