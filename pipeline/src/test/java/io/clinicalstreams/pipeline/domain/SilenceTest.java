package io.clinicalstreams.pipeline.domain;

import static io.clinicalstreams.pipeline.domain.Cases.potassium;
import static io.clinicalstreams.pipeline.domain.EvaluatedPatient.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of a watched patient, something is measured in each interval, or there is an alert. */
class SilenceTest {

    private static final Duration INTERVAL = Duration.ofMinutes(30);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final EvaluatedPatient patient = EvaluatedPatient.watching(Cases.silence(false));
    private final EvaluatedPatient inHospital = EvaluatedPatient.watching(Cases.silence(true));

    @Test
    void aPatientWhoIsNotMeasuredForTheIntervalIsAnAlertAsOfItsEnd() {
        patient.reads(potassium("4.1").id("a"));

        assertThat(told(patient.after(INTERVAL.minusMillis(1)).reviewed())).isEmpty();
        Evaluation silent = patient.after(MINUTE.multipliedBy(7)).reviewed();

        assertThat(told(silent)).containsExactly("RAISED MODERATE 1");
        Alert alert = silent.alerts().get(0);
        assertThat(alert.at()).isEqualTo(Cases.NOON.plus(INTERVAL));
        assertThat(alert.criterionName() + " " + alert.criterion()).isEqualTo("interval PT30M");
        assertThat(alert.reading().observation().text()).isEqualTo("a");
        assertThat(alert.patientReference()).isEqualTo("Patient/anna");
    }

    @Test
    void isRaisedOnceHoweverOftenItIsLookedFor() {
        patient.reads(potassium("4.1").id("a"));

        patient.after(INTERVAL).reviewed();
        assertThat(told(patient.after(MINUTE).reviewed())).isEmpty();
        assertThat(patient.nextSilence()).isNull();
    }

    @Test
    void eachReadingBeginsTheIntervalAgain() {
        patient.reads(potassium("4.1").id("a"));
        patient.after(MINUTE.multipliedBy(20)).reads(potassium("4.2").id("b"));

        assertThat(patient.nextSilence()).isEqualTo(patient.now().plus(INTERVAL));
        assertThat(told(patient.after(MINUTE.multipliedBy(29)).reviewed())).isEmpty();
    }

    @Test
    void theNextReadingEndsItWhateverItsValueAlsoAPreliminaryOne() {
        patient.reads(potassium("4.1").id("a"));
        patient.after(INTERVAL).reviewed();

        Evaluation heard = patient.after(MINUTE).reads(potassium("6.9").id("b").preliminary());

        assertThat(told(heard)).containsExactly("RESOLVED MODERATE 2");
        assertThat(patient.nextSilence()).isEqualTo(patient.now().plus(INTERVAL));
    }

    @Test
    void eachSilenceIsAnAlertOfItsOwn() {
        patient.reads(potassium("4.1").id("a"));
        patient.after(INTERVAL).reviewed();
        patient.after(MINUTE).reads(potassium("4.2").id("b"));

        assertThat(told(patient.after(INTERVAL).reviewed())).containsExactly("RAISED MODERATE 1");
        assertThat(patient.state().episodes())
                .extracting(Episode::alertId)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void aReadingThatIsLateOrTooOldOrOfAnotherAnalyteDoesNotEndIt() {
        patient.reads(potassium("4.1").id("a"));
        patient.after(INTERVAL).reviewed();

        assertThat(told(patient.reads(potassium("4.1").id("late").effective(Cases.NOON.minusSeconds(60)))))
                .containsExactly("suppressed out-of-order");
        assertThat(told(patient.reads(potassium("4.1").id("old").effective(Cases.NOON.minus(Duration.ofDays(1))))))
                .containsExactly("not stale");
        assertThat(told(patient.reads(potassium("90").id("glucose").codes("2345-7"))))
                .containsExactly("not no-rule");
        assertThat(told(patient.reads(potassium("4").id("ordered").status(ObservationStatus.REGISTERED))))
                .containsExactly("not status");
        assertThat(patient.episode().isOpen()).isTrue();
    }

    @Test
    void anOldReadingDoesNotBeginTheInterval() {
        patient.reads(potassium("4.1").id("old").effective(Cases.NOON.minus(Duration.ofHours(3))));

        assertThat(patient.nextSilence()).isNull();
    }

    @Test
    void countsFromTheArrivalOfAReadingThatWasStoredUnderWay() {
        patient.reads(potassium("4.1").id("a").effective(Cases.NOON.minus(Duration.ofHours(1))));

        assertThat(patient.nextSilence()).isEqualTo(Cases.NOON.plus(INTERVAL));
    }

    @Test
    void itEndsIfNothingIsMeasuredForLongAndIsNotRaisedAgainAfterTheSameReading() {
        patient.reads(potassium("4.1").id("a"));
        patient.after(INTERVAL).reviewed();

        Evaluation ended = patient.after(Duration.ofHours(14)).reviewed();
        assertThat(told(ended)).containsExactly("ENDED MODERATE 2");
        assertThat(ended.alerts().get(0).criterion()).isEqualTo("not-measured");
        assertThat(told(patient.after(Duration.ofDays(1)).reviewed())).isEmpty();
        assertThat(told(patient.after(Duration.ofDays(3)).forgets().reviewed())).isEmpty();
    }

    @Test
    void lookingOnceAfterALongTimeGivesTheSameAsLookingOften() {
        patient.reads(potassium("4.1").id("a"));

        assertThat(told(patient.after(Duration.ofDays(9)).reviewed()))
                .containsExactly("RAISED MODERATE 1", "ENDED MODERATE 2");
    }

    @Test
    void aWatchedPatientIsSilentFromTheAdmissionOnIfNothingWasMeasured() {
        assertThat(told(inHospital.stays("e1", 1, true))).isEmpty();

        Evaluation silent = inHospital.after(INTERVAL).reviewed();

        assertThat(told(silent)).containsExactly("RAISED MODERATE 1");
        assertThat(silent.alerts().get(0).reading().observation())
                .isEqualTo(new ObservationIdentity(ObservationIdentity.Kind.ENCOUNTER, "Encounter/e1"));
        assertThat(silent.alerts().get(0).episode().encounter()).isEqualTo("Encounter/e1");
    }

    @Test
    void whoIsNotInHospitalIsNotWatched() {
        inHospital.reads(potassium("4.1").id("a"));
        assertThat(inHospital.nextSilence()).isNull();

        inHospital.after(Duration.ofHours(1)).stays("e1", 1, true);
        assertThat(inHospital.nextSilence()).isEqualTo(inHospital.now().plus(INTERVAL));
        inHospital.stays("e1", 2, false);
        assertThat(inHospital.nextSilence()).isNull();
    }

    @Test
    void theDischargeEndsTheAlertAndANewStayBeginsANewOne() {
        inHospital.stays("e1", 1, true);
        inHospital.after(MINUTE).reads(potassium("4.1").id("a"));
        inHospital.after(INTERVAL).reviewed();

        Evaluation discharged = inHospital.after(MINUTE).stays("e1", 2, false);
        assertThat(told(discharged)).containsExactly("ENDED MODERATE 2");
        assertThat(discharged.alerts().get(0).criterion()).isEqualTo("discharged");

        inHospital.after(MINUTE).stays("e2", 1, true);
        assertThat(told(inHospital.after(INTERVAL).reviewed())).containsExactly("RAISED MODERATE 1");
    }

    @Test
    void eachAdmissionByOneEncounterHasItsOwnAlert() {
        inHospital.stays("e1", 1, true);
        inHospital.after(INTERVAL).stays("e1", 2, false);
        inHospital.after(MINUTE).stays("e1", 3, true);

        assertThat(told(inHospital.after(INTERVAL).reviewed())).containsExactly("RAISED MODERATE 1");
    }

    @Test
    void anEarlierVersionOfAnEncounterDoesNotAdmitAgain() {
        inHospital.stays("e1", 3, true);
        inHospital.stays("e1", 4, false);
        inHospital.stays("e1", 3, true);

        assertThat(inHospital.nextSilence()).isNull();
    }

    @Test
    void oneStayOnTopOfAnotherIsOneAdmission() {
        inHospital.stays("emergency", 1, true);
        inHospital.after(MINUTE).stays("ward", 1, true);
        inHospital.after(MINUTE).stays("emergency", 2, false);

        assertThat(inHospital.nextSilence()).isEqualTo(Cases.NOON.plus(INTERVAL));
        assertThat(inHospital
                        .after(INTERVAL)
                        .reviewed()
                        .alerts()
                        .get(0)
                        .reading()
                        .observation()
                        .text())
                .isEqualTo("Encounter/emergency");
    }

    @Test
    void aChangedIntervalAppliesToOpenSilencesAndARemovedRuleEndsThem() {
        patient.reads(potassium("4.1").id("a"));
        patient.after(INTERVAL).reviewed();

        patient.watchedBy(Cases.silence("ward/potassium-silent", Duration.ofHours(1), false, AgeBand.ANY));
        Evaluation changed = patient.reviewed();
        assertThat(told(changed)).containsExactly("ENDED MODERATE 2");
        assertThat(changed.alerts().get(0).criterion()).isEqualTo("rule-changed");
        assertThat(told(patient.after(INTERVAL).reviewed())).containsExactly("REOPENED MODERATE 3");

        patient.watchedBy(Cases.potassiumLow());
        assertThat(told(patient.reviewed())).containsExactly("ENDED MODERATE 4");
    }

    @Test
    void correctionsAndWithdrawalsOfItsReadingNeitherReviseNorRetractIt() {
        patient.reads(potassium("4.1").id("a"));
        patient.after(INTERVAL).reviewed();

        assertThat(patient.reads(potassium("4.4")
                                .id("a")
                                .status(ObservationStatus.CORRECTED)
                                .effective(Cases.NOON))
                        .alerts())
                .isEmpty();
        assertThat(patient.reads(potassium("4.4").id("a").status(ObservationStatus.ENTERED_IN_ERROR))
                        .alerts())
                .isEmpty();
        assertThat(patient.episode().isOpen()).isTrue();
        assertThat(told(patient.reads(potassium("4.2").id("b")))).containsExactly("RESOLVED MODERATE 2");
    }

    @Test
    void goesOnIfTheReadingThatResolvedItIsWithdrawn() {
        patient.reads(potassium("4.1").id("a"));
        patient.after(INTERVAL).reviewed();
        patient.after(MINUTE).reads(potassium("4.2").id("b"));
        Instant resolved = patient.now();
        patient.after(MINUTE).reads(potassium("4.2").id("b").status(ObservationStatus.ENTERED_IN_ERROR));

        Evaluation again = patient.after(MINUTE).reviewed();

        assertThat(told(again)).containsExactly("REOPENED MODERATE 3");
        assertThat(again.alerts().get(0).at()).isEqualTo(resolved);
        assertThat(told(patient.after(MINUTE).reviewed())).isEmpty();
        assertThat(told(patient.after(MINUTE).reads(potassium("4.2").id("c")))).containsExactly("RESOLVED MODERATE 4");
    }

    @Test
    void staysAreForgottenWithTheLastRuleThatWatchesAdmissions() {
        inHospital.stays("e1", 1, true);
        inHospital.watchedBy(Cases.silence(false));

        inHospital.after(MINUTE).reviewed();

        assertThat(inHospital.state().stays()).isEmpty();
    }

    @Test
    void aRuleForAdultsDoesNotWatchAChild() {
        EvaluatedPatient child =
                EvaluatedPatient.watching(Cases.silence("ward/a", INTERVAL, false, new AgeBand(18, Integer.MAX_VALUE)));
        child.learns(new Patient(LocalDate.of(2020, 1, 1), null))
                .reads(potassium("4.1").id("a"));

        assertThat(child.nextSilence()).isNull();
    }

    @Test
    void whatIsDueFirstComesFirst() {
        EvaluatedPatient both = EvaluatedPatient.watching(Cases.silence(false), Cases.potassiumHigh());
        both.reads(potassium("6.9").id("a"));

        List<Alert> alerts = both.after(Duration.ofDays(9)).reviewed().alerts();

        assertThat(alerts)
                .extracting(alert -> alert.episode().ruleId() + " " + alert.transition())
                .containsExactly(
                        "ward/potassium-silent RAISED", "ward/potassium-silent ENDED", "curated/potassium-high ENDED");
        assertThat(alerts).extracting(Alert::at).isSortedAccordingTo(Instant::compareTo);
    }
}
