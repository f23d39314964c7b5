package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.EvaluatedPatient;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Alerts that ended are forgotten, and patients without input are. */
class ExpireStatesTest {

    private final IdlePatients idle = new IdlePatients();
    private final PatientState resolved = raisedAndResolved();
    private final Episode ended = resolved.episodes().get(0);
    private final Instant due =
            Objects.requireNonNull(ended.endedAt()).plus(IdlePatients.KEPT).plusMillis(1);
    private final ExpireStates expiring = idle.expiring(1_000_000);

    @Test
    void findsWhatHadEndedBeforeTheTaskBegan() {
        idle.has("anna", resolved);
        idle.task.at(due);

        expiring.start();
        idle.task.punctuate();

        assertThat(idle.task.forwarded()).singleElement().satisfies(record -> {
            assertThat(record.value().alertId()).isEqualTo(ended.alertId());
            assertThat(record.value().detectedIssue()).isNull();
        });
        assertThat(idle.state("anna").episodes()).isEmpty();
    }

    @Test
    void keepsAlertsThatEndedExactlyThatLongAgo() {
        idle.has("anna", resolved);
        idle.task.at(due.minusMillis(1));

        expiring.start();
        idle.task.punctuate();

        assertThat(idle.task.forwarded()).isEmpty();
    }

    @Test
    void findsWhatEndedSince() {
        expiring.start();
        idle.has("anna", resolved);
        expiring.note(IdlePatients.key("anna"), resolved);
        idle.task.at(due);

        idle.task.punctuate();

        assertThat(idle.task.forwarded()).hasSize(1);
    }

    @Test
    void forgetsOfAPatientWhoIsHeardOfBeforeTheInputIsEvaluated() {
        idle.has("anna", resolved);
        idle.task.at(due);

        PatientState known = expiring.stateOf(IdlePatients.key("anna"));

        assertThat(known.episodes()).isEmpty();
        assertThat(known).isEqualTo(idle.state("anna"));
        assertThat(idle.task.forwarded()).hasSize(1);
    }

    @Test
    void leavesAnAlertThatWasReopened() {
        idle.has("anna", resolved);
        expiring.start();
        idle.has("anna", reopened());
        idle.task.at(due);

        idle.task.punctuate();

        assertThat(idle.task.forwarded()).isEmpty();
        assertThat(idle.state("anna")).isEqualTo(IdlePatients.heard(reopened()));
    }

    @Test
    void doesNoMoreThanAShareAtATime() {
        int patients = ExpireStates.PATIENTS_A_TIME + 1;
        for (int patient = 0; patient < patients; patient++) {
            idle.has("patient-" + patient, resolved);
        }
        idle.task.at(due);
        expiring.start();

        idle.task.punctuate();
        assertThat(idle.task.forwarded()).hasSize(ExpireStates.PATIENTS_A_TIME);
        idle.task.punctuate();
        assertThat(idle.task.forwarded()).hasSize(patients);
    }

    @Test
    void deletesTheStateOfAPatientWithNoInputForAYear() {
        idle.has("anna", new PatientState(LocalDate.of(1950, 6, 1), "female", List.of()));
        expiring.start();
        idle.task.at(Cases.NOON.plus(Duration.ofDays(394)));
        idle.task.punctuate();
        assertThat(idle.task.states.patients()).hasSize(1);

        idle.task.at(Cases.NOON.plus(Duration.ofDays(395)));
        idle.task.punctuate();

        assertThat(idle.task.states.patients()).isEmpty();
    }

    @Test
    void forgetsTheVersionsOfAPatientsAlertsWithThePatient() {
        idle.has("anna", resolved);
        idle.task.at(Cases.NOON.plus(Duration.ofDays(395)));
        expiring.start();

        idle.task.punctuate();

        assertThat(idle.task.forwarded()).extracting(IdlePatients::transition).containsExactly("tombstone");
        assertThat(idle.task.states.patients()).isEmpty();
    }

    @Test
    void anInputIsWrittenDownOnceInThirtyDays() {
        idle.has("anna", resolved);
        idle.task.at(Cases.NOON.plus(Duration.ofDays(1)));
        byte[] before = idle.task.stored("anna");
        expiring.stateOf(IdlePatients.key("anna"));
        assertThat(idle.task.stored("anna")).isSameAs(before);

        idle.task.at(Cases.NOON.plus(Duration.ofDays(30)));
        expiring.stateOf(IdlePatients.key("anna"));

        assertThat(idle.state("anna").heardOn())
                .isEqualTo(Reading.dayOf(Cases.NOON).plusDays(30));
    }

    @Test
    void aPatientWithNothingToRememberIsNotStored() {
        idle.task.at(Cases.NOON);

        assertThat(expiring.stateOf(IdlePatients.key("anna")).heardOn()).isEqualTo(Reading.dayOf(Cases.NOON));
        assertThat(idle.task.states.patients()).isEmpty();
    }

    @Test
    void aStateOfAnEarlierVersionIsKeptForAYearFromNow() {
        idle.task.states.put(IdlePatients.key("anna"), new PatientState(LocalDate.of(1950, 6, 1), null, List.of()));
        idle.task.at(Cases.NOON);
        expiring.start();

        idle.task.punctuate();

        assertThat(idle.state("anna").heardOn()).isEqualTo(Reading.dayOf(Cases.NOON));
    }

    @Test
    void leavesNoScheduleBehindWhenTheTaskIsClosed() {
        expiring.start();

        expiring.stop();

        assertThat(idle.task.context.scheduledPunctuators())
                .singleElement()
                .satisfies(scheduled -> assertThat(scheduled.cancelled()).isTrue());
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
