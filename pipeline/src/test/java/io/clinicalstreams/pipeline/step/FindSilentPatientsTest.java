package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.EvaluatedPatient;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** Silent patients are found by the queue of what is due next, also after a restart. */
class FindSilentPatientsTest {

    private static final Duration INTERVAL = Duration.ofMinutes(30);

    private final IdlePatients idle = new IdlePatients();
    private final ExpireStates expiring;

    FindSilentPatientsTest() {
        idle.rules.put("ward/silence", Cases.silence(false));
        expiring = idle.expiring(1_000_000);
    }

    /** Of a patient with a reading some minutes after noon. */
    private static PatientState measured(int minutes) {
        EvaluatedPatient patient = new EvaluatedPatient(Cases.UNITS, Cases.silence(false));
        patient.after(Duration.ofMinutes(minutes)).reads(Cases.potassium("4.1").id("a" + minutes));
        return patient.state();
    }

    @Test
    void afterARestartItIsKnownWhoIsDueAndWhen() {
        idle.has("anna", measured(0));
        idle.has("ben", measured(1));
        idle.task.at(Cases.NOON.plus(INTERVAL).plusSeconds(3));
        expiring.start();

        idle.task.punctuate();

        assertThat(idle.task.forwarded()).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(IdlePatients.key("anna"));
            assertThat(IdlePatients.transition(record)).isEqualTo("raised");
            assertThat(record.timestamp()).isEqualTo(Cases.NOON.plus(INTERVAL).toEpochMilli());
        });
        assertThat(idle.state("anna").episodes()).hasSize(1);

        idle.task.at(Cases.NOON.plus(INTERVAL).plusSeconds(63));
        idle.task.punctuate();
        assertThat(idle.task.forwarded()).hasSize(2);
    }

    @Test
    void aWardThatFallsSilentIsFoundWithinTheTimeOfATick() {
        int patients = 9 * ExpireStates.PATIENTS_A_TIME;
        for (int patient = 0; patient < patients; patient++) {
            idle.has("patient-" + patient, measured(0));
        }
        expiring.start();
        idle.task.at(Cases.NOON.plus(INTERVAL).minusSeconds(1));
        idle.task.punctuate();
        idle.task.at(Cases.NOON.plus(INTERVAL).plusSeconds(9));
        idle.task.punctuate();

        assertThat(idle.task.forwarded()).hasSize(patients);
    }

    @Test
    void aReadingMovesAPatientInTheQueue() {
        idle.has("anna", measured(0));
        expiring.start();
        PatientState later = IdlePatients.heard(measured(20));
        idle.has("anna", later);
        expiring.note(IdlePatients.key("anna"), later);

        idle.task.at(Cases.NOON.plus(INTERVAL).plusSeconds(3));
        idle.task.punctuate();

        assertThat(idle.task.forwarded()).isEmpty();

        idle.task.at(Cases.NOON.plus(INTERVAL).plus(Duration.ofMinutes(20)).plusSeconds(3));
        idle.task.punctuate();
        assertThat(idle.task.forwarded()).as("when its turn comes").hasSize(1);
    }

    @Test
    void aSilenceBeforeThePatientsNextInputComesBeforeIt() {
        idle.has("anna", measured(0));
        expiring.start();
        idle.task.at(Cases.NOON.plus(INTERVAL.multipliedBy(2)));

        PatientState before = expiring.stateOf(IdlePatients.key("anna"));

        assertThat(before.episodes()).hasSize(1);
        assertThat(idle.task.forwarded())
                .extracting(Record::timestamp)
                .containsExactly(Cases.NOON.plus(INTERVAL).toEpochMilli());
    }

    @Test
    void aNewRuleFindsThoseWhoAreSilentAlready() {
        IdlePatients unwatched = new IdlePatients();
        ExpireStates without = unwatched.expiring(1_000_000);
        unwatched.has("anna", measured(0));
        unwatched.task.at(Cases.NOON.plus(Duration.ofHours(1)));
        without.start();
        unwatched.task.punctuate();
        assertThat(unwatched.task.forwarded()).isEmpty();

        unwatched.rules.put("ward/silence", Cases.silence(false));
        unwatched.task.punctuate();

        assertThat(unwatched.task.forwarded())
                .extracting(IdlePatients::transition)
                .containsExactly("raised");
    }

    @Test
    void aNewRuleIsNotAboutSilencesThatWereOverBeforeIt() {
        IdlePatients unwatched = new IdlePatients();
        ExpireStates without = unwatched.expiring(1_000_000);
        unwatched.has("anna", measured(0));
        unwatched.task.at(Cases.NOON.plus(Duration.ofDays(9)));
        without.start();
        unwatched.task.punctuate();

        unwatched.rules.put("ward/silence", Cases.silence(false));
        unwatched.task.punctuate();
        unwatched.task.at(Cases.NOON.plus(Duration.ofDays(9)).plusSeconds(10));
        unwatched.task.punctuate();

        assertThat(unwatched.task.forwarded())
                .extracting(IdlePatients::transition)
                .doesNotContain("raised", "ended");
        assertThat(unwatched.registry.find("clinical.alerts").counters()).isEmpty();
    }
}
