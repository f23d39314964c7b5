package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.EvaluatedPatient;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ForgetEndedAlertsTest {

    private static final Duration KEPT = Duration.ofDays(2);

    private final FakeTask task = new FakeTask();
    private final PatientState resolved = raisedAndResolved();
    private final Episode ended = resolved.episodes().get(0);
    private final Instant due =
            Objects.requireNonNull(ended.endedAt()).plus(KEPT).plusMillis(1);
    private final ForgetEndedAlerts forgetting =
            new ForgetEndedAlerts(AlertRetention.of(KEPT, new RuleTable()), task.states, task.context);

    @Test
    void findsWhatHadEndedBeforeTheTaskBegan() {
        has("anna", resolved);
        task.at(due);

        forgetting.start();
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

        forgetting.start();
        task.punctuate();

        assertThat(task.forwarded()).isEmpty();
    }

    @Test
    void findsWhatEndedSince() {
        forgetting.start();
        has("anna", resolved);
        forgetting.note(key("anna"), ended);
        task.at(due);

        task.punctuate();

        assertThat(task.forwarded()).hasSize(1);
    }

    @Test
    void forgetsOfAPatientWhoIsHeardOfBeforeTheInputIsEvaluated() {
        has("anna", resolved);
        task.at(due);

        PatientState known = forgetting.stateOf(key("anna"));

        assertThat(known.episodes()).isEmpty();
        assertThat(known).isEqualTo(task.states.get(key("anna")));
        assertThat(task.forwarded()).hasSize(1);
    }

    @Test
    void leavesAnAlertThatWasReopened() {
        has("anna", resolved);
        forgetting.start();
        has("anna", reopened());
        task.at(due);

        task.punctuate();

        assertThat(task.forwarded()).isEmpty();
        assertThat(task.states.get(key("anna"))).isEqualTo(reopened());
    }

    @Test
    void doesNoMoreThanAShareAtATime() {
        int patients = ForgetEndedAlerts.PATIENTS_A_TIME + 1;
        for (int patient = 0; patient < patients; patient++) {
            has("patient-" + patient, resolved);
        }
        task.at(due);
        forgetting.start();

        task.punctuate();
        assertThat(task.forwarded()).hasSize(ForgetEndedAlerts.PATIENTS_A_TIME);
        task.punctuate();
        assertThat(task.forwarded()).hasSize(patients);
    }

    @Test
    void leavesNoScheduleBehindWhenTheTaskIsClosed() {
        forgetting.start();

        forgetting.stop();

        assertThat(task.context.scheduledPunctuators())
                .singleElement()
                .satisfies(scheduled -> assertThat(scheduled.cancelled()).isTrue());
    }

    private void has(String patient, PatientState state) {
        task.states.put(key(patient), PatientStateCodec.encode(state));
    }

    private static byte[] key(String patient) {
        return patient.getBytes(StandardCharsets.UTF_8);
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
