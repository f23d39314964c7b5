package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.alert.DetectedIssueWriter;
import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.EvaluatedPatient;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.ledger.InputLedger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class ExpireStatesTest {

    private static final Duration KEPT = Duration.ofDays(2);
    private static final Duration WEEK = Duration.ofDays(7);

    private final FakeTask task = new FakeTask();
    private final PatientState resolved = raisedAndResolved();
    private final Episode ended = resolved.episodes().get(0);
    private final Instant due =
            Objects.requireNonNull(ended.endedAt()).plus(KEPT).plusMillis(1);
    private final RuleTable rules = new RuleTable();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ExpireStates expiring = expiring(1_000_000);

    @Test
    void findsWhatHadEndedBeforeTheTaskBegan() {
        has("anna", resolved);
        task.at(due);

        expiring.start();
        task.punctuate();

        assertThat(task.forwarded()).singleElement().satisfies(record -> {
            assertThat(record.value().alertId()).isEqualTo(ended.alertId());
            assertThat(record.value().detectedIssue()).isNull();
        });
        assertThat(task.states.get(key("anna")).episodes()).isEmpty();
    }

    @Test
    void keepsAlertsThatEndedExactlyThatLongAgo() {
        has("anna", resolved);
        task.at(due.minusMillis(1));

        expiring.start();
        task.punctuate();

        assertThat(task.forwarded()).isEmpty();
    }

    @Test
    void findsWhatEndedSince() {
        expiring.start();
        has("anna", resolved);
        expiring.note(key("anna"), resolved);
        task.at(due);

        task.punctuate();

        assertThat(task.forwarded()).hasSize(1);
    }

    @Test
    void forgetsOfAPatientWhoIsHeardOfBeforeTheInputIsEvaluated() {
        has("anna", resolved);
        task.at(due);

        PatientState known = expiring.stateOf(key("anna"));

        assertThat(known.episodes()).isEmpty();
        assertThat(known).isEqualTo(task.states.get(key("anna")));
        assertThat(task.forwarded()).hasSize(1);
    }

    @Test
    void leavesAnAlertThatWasReopened() {
        has("anna", resolved);
        expiring.start();
        has("anna", reopened());
        task.at(due);

        task.punctuate();

        assertThat(task.forwarded()).isEmpty();
        assertThat(task.states.get(key("anna"))).isEqualTo(heard(reopened()));
    }

    @Test
    void doesNoMoreThanAShareAtATime() {
        int patients = ExpireStates.PATIENTS_A_TIME + 1;
        for (int patient = 0; patient < patients; patient++) {
            has("patient-" + patient, resolved);
        }
        task.at(due);
        expiring.start();

        task.punctuate();
        assertThat(task.forwarded()).hasSize(ExpireStates.PATIENTS_A_TIME);
        task.punctuate();
        assertThat(task.forwarded()).hasSize(patients);
    }

    @Test
    void endsAnAlertThatIsNotMeasuredAnyMoreAtTheTimeWhenThatWasDue() {
        has("anna", raised());
        task.at(Cases.NOON.plus(WEEK).minusMillis(1));
        expiring.start();
        task.punctuate();
        assertThat(task.forwarded()).isEmpty();

        task.at(Cases.NOON.plus(WEEK).plusSeconds(5));
        task.punctuate();

        assertThat(task.forwarded()).singleElement().satisfies(record -> {
            assertThat(transition(record)).isEqualTo("ended");
            assertThat(record.timestamp()).isEqualTo(Cases.NOON.plus(WEEK).toEpochMilli());
            assertThat(json(record)).contains("\"not-measured\"");
        });
        assertThat(registry.counter("clinical.alerts", "transition", "ended", "severity", "high")
                        .count())
                .isEqualTo(1);
        assertThat(task.states.get(key("anna")).episodes().get(0).isOpen()).isFalse();
    }

    @Test
    void endsItBeforeThePatientsNextInputWithTheSameRecord() {
        has("anna", raised());
        has("ben", raised());
        task.at(Cases.NOON.plus(WEEK).plusSeconds(5));
        expiring.start();

        expiring.stateOf(key("anna"));
        task.punctuate();

        assertThat(task.forwarded()).hasSize(2);
        assertThat(task.forwarded())
                .extracting(Record::timestamp)
                .containsOnly(Cases.NOON.plus(WEEK).toEpochMilli());
    }

    @Test
    void endsAndForgetsInOneStepWhenTheLogIsFarAhead() {
        has("anna", raised());
        task.at(Cases.NOON.plus(WEEK.multipliedBy(3)));
        expiring.start();

        task.punctuate();

        assertThat(task.forwarded()).extracting(ExpireStatesTest::transition).containsExactly("ended", "tombstone");
        assertThat(task.states.get(key("anna")).episodes()).isEmpty();
        assertThat(task.states.get(key("anna")).forgottenAlerts()).hasSize(1);
    }

    @Test
    void aRemovedRuleEndsItsAlertsOfIdlePatientsAShareAtATime() {
        int patients = ExpireStates.PATIENTS_A_TIME + 1;
        for (int patient = 0; patient < patients; patient++) {
            has("patient-" + patient, raised());
        }
        task.at(Cases.NOON.plusSeconds(1));
        expiring.start();
        task.punctuate();
        assertThat(task.forwarded()).isEmpty();

        rules.put("hospital/other", Cases.glucoseHigh());
        rules.remove("hospital/own");
        task.punctuate();
        assertThat(task.forwarded()).hasSize(ExpireStates.PATIENTS_A_TIME);
        task.punctuate();
        task.punctuate();

        assertThat(task.forwarded()).hasSize(patients).allSatisfy(record -> {
            assertThat(json(record)).contains("\"rule-removed\"");
            assertThat(record.headers().lastHeader("rule-version")).isNull();
        });
    }

    @Test
    void withoutRulesNothingEnds() {
        has("anna", raised());
        RuleTable none = new RuleTable();
        ExpireStates before = new ExpireStates(
                new EvaluateRulesSupplier(
                        new Evaluator(Cases.UNITS),
                        none,
                        AlertRetention.of(KEPT, none),
                        new EvaluateRulesSupplier.Limits(new SizeLimit(1_000_000), new SizeLimit(1_000_000)),
                        new DetectedIssueWriter("test"),
                        new AlertingCounters(registry, new InputLedger("any", "ledger"))),
                task.states,
                task.context);
        task.at(Cases.NOON.plus(WEEK.multipliedBy(3)));

        before.start();
        task.punctuate();

        assertThat(task.forwarded()).isEmpty();
    }

    @Test
    void anEndingThatItsTopicDoesNotTakeIsCountedAndTheAlertStaysOpen() {
        has("anna", raised());
        task.at(Cases.NOON.plus(WEEK));
        expiring(100).start();

        task.punctuate();

        assertThat(task.forwarded()).isEmpty();
        assertThat(task.states.get(key("anna")).episodes().get(0).isOpen()).isTrue();
        assertThat(registry.counter("clinical.readings.not.evaluated", "reason", "too-large")
                        .count())
                .isPositive();
    }

    @Test
    void anEndingThatItsTopicDoesNotTakeIsTriedAndCountedOnce() {
        has("anna", raised());
        task.at(Cases.NOON.plus(WEEK));
        ExpireStates tight = expiring(100);
        tight.start();

        for (int second = 0; second < 5; second++) {
            task.at(Cases.NOON.plus(WEEK).plusSeconds(second));
            task.punctuate();
            tight.stateOf(key("anna"));
        }
        rules.put("hospital/other", Cases.glucoseHigh());
        rules.remove("hospital/own");
        for (int second = 5; second < 10; second++) {
            task.at(Cases.NOON.plus(WEEK).plusSeconds(second));
            task.punctuate();
            tight.stateOf(key("anna"));
        }

        assertThat(registry.counter("clinical.readings.not.evaluated", "reason", "too-large")
                        .count())
                .as("once as not measured, and once more as without its rule, which may be shorter")
                .isEqualTo(2);
    }

    @Test
    void rulesThatAreWrittenAgainUnchangedAreNoChange() {
        expiring.start();
        task.at(Cases.NOON);
        task.punctuate();

        rules.put("hospital/own", Cases.potassiumHigh());
        task.at(Cases.NOON.plusSeconds(1));
        task.punctuate();

        assertThat(registry.find("clinical.order.undetermined").counters()).isEmpty();

        rules.put("hospital/own", Cases.glucoseHigh());
        task.at(Cases.NOON.plusSeconds(2));
        task.punctuate();

        assertThat(registry.counter("clinical.order.undetermined", "reason", "rules-changed")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void deletesTheStateOfAPatientWithNoInputForAYear() {
        has("anna", new PatientState(LocalDate.of(1950, 6, 1), "female", List.of()));
        expiring.start();
        task.at(Cases.NOON.plus(Duration.ofDays(394)));
        task.punctuate();
        assertThat(task.states.patients()).hasSize(1);

        task.at(Cases.NOON.plus(Duration.ofDays(395)));
        task.punctuate();

        assertThat(task.states.patients()).isEmpty();
    }

    @Test
    void forgetsTheVersionsOfAPatientsAlertsWithThePatient() {
        has("anna", resolved);
        task.at(Cases.NOON.plus(Duration.ofDays(395)));
        expiring.start();

        task.punctuate();

        assertThat(task.forwarded()).extracting(ExpireStatesTest::transition).containsExactly("tombstone");
        assertThat(task.states.patients()).isEmpty();
    }

    @Test
    void anInputIsWrittenDownOnceInThirtyDays() {
        has("anna", resolved);
        task.at(Cases.NOON.plus(Duration.ofDays(1)));
        byte[] before = task.stored("anna");
        expiring.stateOf(key("anna"));
        assertThat(task.stored("anna")).isSameAs(before);

        task.at(Cases.NOON.plus(Duration.ofDays(30)));
        expiring.stateOf(key("anna"));

        assertThat(task.states.get(key("anna")).heardOn())
                .isEqualTo(Reading.dayOf(Cases.NOON).plusDays(30));
    }

    @Test
    void aPatientWithNothingToRememberIsNotStored() {
        task.at(Cases.NOON);

        assertThat(expiring.stateOf(key("anna")).heardOn()).isEqualTo(Reading.dayOf(Cases.NOON));
        assertThat(task.states.patients()).isEmpty();
    }

    @Test
    void aStateOfAnEarlierVersionIsKeptForAYearFromNow() {
        task.states.put(
                key("anna"), PatientStateCodec.encode(new PatientState(LocalDate.of(1950, 6, 1), null, List.of())));
        task.at(Cases.NOON);
        expiring.start();

        task.punctuate();

        assertThat(task.states.get(key("anna")).heardOn()).isEqualTo(Reading.dayOf(Cases.NOON));
    }

    @Test
    void leavesNoScheduleBehindWhenTheTaskIsClosed() {
        expiring.start();

        expiring.stop();

        assertThat(task.context.scheduledPunctuators())
                .singleElement()
                .satisfies(scheduled -> assertThat(scheduled.cancelled()).isTrue());
    }

    private void has(String patient, PatientState state) {
        task.states.put(key(patient), PatientStateCodec.encode(heard(state)));
    }

    private static PatientState heard(PatientState state) {
        return state.heard(Reading.dayOf(Cases.NOON));
    }

    private ExpireStates expiring(int largestAlert) {
        if (rules.size() == 0) {
            rules.put("hospital/own", Cases.potassiumHigh());
        }
        EvaluateRulesSupplier given = new EvaluateRulesSupplier(
                new Evaluator(Cases.UNITS),
                rules,
                AlertRetention.of(KEPT, rules),
                new EvaluateRulesSupplier.Limits(new SizeLimit(1_000_000), new SizeLimit(largestAlert)),
                new DetectedIssueWriter("test"),
                new AlertingCounters(registry, new InputLedger("any", "ledger")));
        return new ExpireStates(given, task.states, task.context);
    }

    private static byte[] key(String patient) {
        return patient.getBytes(StandardCharsets.UTF_8);
    }

    private static String transition(Record<? extends byte[], ? extends AlertRecord> record) {
        Header transition = record.headers().lastHeader("transition");
        return transition == null ? "tombstone" : new String(transition.value(), StandardCharsets.US_ASCII);
    }

    private static String json(Record<? extends byte[], ? extends AlertRecord> record) {
        return new String(Objects.requireNonNull(record.value().detectedIssue()), StandardCharsets.UTF_8);
    }

    private static PatientState raised() {
        EvaluatedPatient patient = new EvaluatedPatient(Cases.UNITS, Cases.potassiumHigh());
        patient.reads(Cases.potassium("6.8").id("a"));
        return patient.state();
    }

    private static PatientState raisedAndResolved() {
        return seen().state();
    }

    private static PatientState reopened() {
        EvaluatedPatient patient = seen().after(Duration.ofMinutes(1));
        patient.reads(Cases.potassium("6.9").id("c"));
        return patient.state();
    }

    private static EvaluatedPatient seen() {
        EvaluatedPatient patient = new EvaluatedPatient(Cases.UNITS, Cases.potassiumHigh());
        patient.reads(Cases.potassium("6.8").id("a"));
        patient.after(Duration.ofMinutes(1)).reads(Cases.potassium("5.0").id("b"));
        return patient;
    }
}
