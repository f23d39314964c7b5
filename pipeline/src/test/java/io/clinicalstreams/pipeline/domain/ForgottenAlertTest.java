package io.clinicalstreams.pipeline.domain;

import static io.clinicalstreams.pipeline.domain.Cases.potassium;
import static io.clinicalstreams.pipeline.domain.EvaluatedPatient.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.episode.ForgottenAlert;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForgottenAlertTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofDays(3);

    private final EvaluatedPatient patient = EvaluatedPatient.watching(Cases.potassiumHigh());

    @Test
    void anAlertWithAForgottenEpisodeContinuesItsVersions() {
        String id = raiseResolveAndForget("a");
        assertThat(patient.state().episodes()).isEmpty();

        Evaluation amended = patient.reads(potassium("6.9").id("a"));

        assertThat(told(amended)).containsExactly("REOPENED HIGH 3");
        assertThat(amended.alerts().get(0).alertId()).isEqualTo(id);
        assertThat(told(patient.after(MINUTE).reads(potassium("5.0").id("c")))).containsExactly("RESOLVED HIGH 4");
    }

    @Test
    void anotherObservationRaisesItsOwnAlert() {
        raiseResolveAndForget("a");

        assertThat(told(patient.reads(potassium("6.9").id("other")))).containsExactly("RAISED HIGH 1");
    }

    @Test
    void anAlertForgottenTwiceIsStoredOnceWithItsLastVersion() {
        raiseResolveAndForget("a");
        raiseResolveAndForget("a");

        assertThat(patient.state().forgottenAlerts()).singleElement().satisfies(alert -> assertThat(alert.version())
                .isEqualTo(4));
    }

    @Test
    void onlyTheLatestStayKnown() {
        String first = raiseResolveAndForget("k0");
        String second = raiseResolveAndForget("k1");
        for (int i = 2; i <= PatientState.MOST_FORGOTTEN_ALERTS; i++) {
            raiseResolveAndForget("k" + i);
        }

        assertThat(patient.state().forgottenAlerts()).hasSize(PatientState.MOST_FORGOTTEN_ALERTS);
        assertThat(patient.state().forgotten(first)).isNull();
        assertThat(patient.state().forgotten(second)).isEqualTo(new ForgottenAlert(digest(second), 2));
    }

    @Test
    void newPatientFactsKeepForgottenAlerts() {
        raiseResolveAndForget("a");

        patient.learns(new Patient(null, "female"));

        assertThat(patient.state().forgottenAlerts()).hasSize(1);
    }

    @Test
    void aPatientIsForgottenAYearAfterTheLastInputUnlessAnAlertIsKept() {
        LocalDate day = LocalDate.of(2026, 3, 1);
        PatientState known = new PatientState(null, "female", List.of()).heard(day);

        assertThat(known.heard(day.plusDays(29))).isSameAs(known);
        assertThat(known.heard(day.plusDays(30)).heardOn()).isEqualTo(day.plusDays(30));
        assertThat(known.isOver(day.plusDays(394))).isFalse();
        assertThat(known.isOver(day.plusDays(395))).isTrue();
        assertThat(new PatientState(null, "female", List.of()).isOver(day)).isFalse();
        assertThat(new PatientState(day, null, List.of()).isOver(day)).isFalse();
        assertThat(PatientState.EMPTY.isOver(day)).isTrue();
        raiseResolveAndForget("a");
        assertThat(patient.state().isOver(day)).as("versions are kept").isFalse();
        patient.reads(potassium("6.9").id("b"));
        assertThat(patient.state().heard(day).isOver(day.plusDays(999)))
                .as("an alert")
                .isFalse();
    }

    private String raiseResolveAndForget(String observation) {
        String id =
                patient.reads(potassium("6.8").id(observation)).alerts().get(0).alertId();
        patient.after(MINUTE).reads(potassium("5.0").id(observation + "-better"));
        patient.after(LONG).forgets();
        return id;
    }

    private static long digest(String alertId) {
        return Long.parseUnsignedLong(alertId.substring(0, 16), 16);
    }
}
