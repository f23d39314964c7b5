package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.Cases;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** Alerts of patients who are not measured any more, or whose rule was removed, end with a reason. */
class EndAlertsTest {

    private static final Duration WEEK = Duration.ofDays(7);

    private final IdlePatients idle = new IdlePatients();
    private final ExpireStates expiring = idle.expiring(1_000_000);

    @Test
    void endsAnAlertThatIsNotMeasuredAnyMoreAtTheTimeWhenThatWasDue() {
        idle.has("anna", IdlePatients.raised());
        idle.task.at(Cases.NOON.plus(WEEK).minusMillis(1));
        expiring.start();
        idle.task.punctuate();
        assertThat(idle.task.forwarded()).isEmpty();

        idle.task.at(Cases.NOON.plus(WEEK).plusSeconds(5));
        idle.task.punctuate();

        assertThat(idle.task.forwarded()).singleElement().satisfies(record -> {
            assertThat(IdlePatients.transition(record)).isEqualTo("ended");
            assertThat(record.timestamp()).isEqualTo(Cases.NOON.plus(WEEK).toEpochMilli());
            assertThat(IdlePatients.json(record)).contains("\"not-measured\"");
        });
        assertThat(idle.registry
                        .counter("clinical.alerts", "transition", "ended", "severity", "high")
                        .count())
                .isEqualTo(1);
        assertThat(idle.state("anna").episodes().get(0).isOpen()).isFalse();
    }

    @Test
    void endsItBeforeThePatientsNextInputWithTheSameRecord() {
        idle.has("anna", IdlePatients.raised());
        idle.has("ben", IdlePatients.raised());
        idle.task.at(Cases.NOON.plus(WEEK).plusSeconds(5));
        expiring.start();

        expiring.stateOf(IdlePatients.key("anna"));
        idle.task.punctuate();

        assertThat(idle.task.forwarded()).hasSize(2);
        assertThat(idle.task.forwarded())
                .extracting(Record::timestamp)
                .containsOnly(Cases.NOON.plus(WEEK).toEpochMilli());
    }

    @Test
    void endsAndForgetsInOneStepWhenTheLogIsFarAhead() {
        idle.has("anna", IdlePatients.raised());
        idle.task.at(Cases.NOON.plus(WEEK.multipliedBy(3)));
        expiring.start();

        idle.task.punctuate();

        assertThat(idle.task.forwarded()).extracting(IdlePatients::transition).containsExactly("ended", "tombstone");
        assertThat(idle.state("anna").episodes()).isEmpty();
        assertThat(idle.state("anna").forgottenAlerts()).hasSize(1);
    }

    @Test
    void aRemovedRuleEndsItsAlertsOfIdlePatientsAShareAtATime() {
        int patients = ExpireStates.PATIENTS_A_TIME + 1;
        for (int patient = 0; patient < patients; patient++) {
            idle.has("patient-" + patient, IdlePatients.raised());
        }
        idle.task.at(Cases.NOON.plusSeconds(1));
        expiring.start();
        idle.task.punctuate();
        assertThat(idle.task.forwarded()).isEmpty();

        idle.rules.put("hospital/other", Cases.glucoseHigh());
        idle.rules.remove("hospital/own");
        idle.task.punctuate();
        assertThat(idle.task.forwarded()).hasSize(ExpireStates.PATIENTS_A_TIME);
        idle.task.punctuate();
        idle.task.punctuate();

        assertThat(idle.task.forwarded()).hasSize(patients).allSatisfy(record -> {
            assertThat(IdlePatients.json(record)).contains("\"rule-removed\"");
            assertThat(record.headers().lastHeader("rule-version")).isNull();
        });
    }

    @Test
    void withoutRulesNothingEnds() {
        idle.has("anna", IdlePatients.raised());
        ExpireStates before = idle.expiring(new RuleTable(), 1_000_000);
        idle.task.at(Cases.NOON.plus(WEEK.multipliedBy(3)));

        before.start();
        idle.task.punctuate();

        assertThat(idle.task.forwarded()).isEmpty();
    }

    @Test
    void anEndingThatItsTopicDoesNotTakeIsCountedAndTheAlertStaysOpen() {
        idle.has("anna", IdlePatients.raised());
        idle.task.at(Cases.NOON.plus(WEEK));
        idle.expiring(100).start();

        idle.task.punctuate();

        assertThat(idle.task.forwarded()).isEmpty();
        assertThat(idle.state("anna").episodes().get(0).isOpen()).isTrue();
        assertThat(idle.registry
                        .counter("clinical.readings.not.evaluated", "reason", "too-large")
                        .count())
                .isPositive();
    }

    @Test
    void anEndingThatItsTopicDoesNotTakeIsTriedAndCountedOnce() {
        idle.has("anna", IdlePatients.raised());
        idle.task.at(Cases.NOON.plus(WEEK));
        ExpireStates tight = idle.expiring(100);
        tight.start();

        for (int second = 0; second < 5; second++) {
            idle.task.at(Cases.NOON.plus(WEEK).plusSeconds(second));
            idle.task.punctuate();
            tight.stateOf(IdlePatients.key("anna"));
        }
        idle.rules.put("hospital/other", Cases.glucoseHigh());
        idle.rules.remove("hospital/own");
        for (int second = 5; second < 10; second++) {
            idle.task.at(Cases.NOON.plus(WEEK).plusSeconds(second));
            idle.task.punctuate();
            tight.stateOf(IdlePatients.key("anna"));
        }

        assertThat(idle.registry
                        .counter("clinical.readings.not.evaluated", "reason", "too-large")
                        .count())
                .as("once as not measured, and once more as without its rule, which may be shorter")
                .isEqualTo(2);
    }

    @Test
    void rulesThatAreWrittenAgainUnchangedAreNoChange() {
        expiring.start();
        idle.task.at(Cases.NOON);
        idle.task.punctuate();

        idle.rules.put("hospital/own", Cases.potassiumHigh());
        idle.task.at(Cases.NOON.plusSeconds(1));
        idle.task.punctuate();

        assertThat(idle.registry.find("clinical.order.undetermined").counters()).isEmpty();

        idle.rules.put("hospital/own", Cases.glucoseHigh());
        idle.task.at(Cases.NOON.plusSeconds(2));
        idle.task.punctuate();

        assertThat(idle.registry
                        .counter("clinical.order.undetermined", "reason", "rules-changed")
                        .count())
                .isEqualTo(1);
    }
}
