package io.clinicalstreams.pipeline.domain;

import static io.clinicalstreams.pipeline.domain.Cases.NOON;
import static io.clinicalstreams.pipeline.domain.Cases.potassium;
import static io.clinicalstreams.pipeline.domain.EvaluatedPatient.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Measurement;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaboratoryFlagTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String TROPONIN = "10839-9";

    private final EvaluatedPatient patient = EvaluatedPatient.watching(Cases.laboratoryFlag(), Cases.potassiumHigh());

    private static ObservationCase troponin(String... flags) {
        return potassium("4.2")
                .value("4.2", "ng/mL", null, null)
                .codes(TROPONIN)
                .interpreted(flags);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HH", "LL", "AA"})
    void aFlaggedResultIsAnAlertOfItsAnalyte(String flag) {
        Evaluation evaluation = patient.reads(troponin(flag));

        assertThat(told(evaluation)).containsExactly("RAISED HIGH 1");
        assertThat(evaluation.alerts().get(0).criterion()).isEqualTo(flag);
        assertThat(patient.episode().analyte()).isEqualTo(new Coding(Cases.LOINC, TROPONIN));
    }

    @Test
    void aResultWithoutAFlagIsCountedAsWithoutARule() {
        assertThat(told(patient.reads(troponin()))).containsExactly("not no-rule");
        assertThat(patient.state()).isSameAs(PatientState.EMPTY);

        assertThat(told(patient.reads(troponin("N")))).containsExactly("not no-rule");
        assertThat(patient.state().histories())
                .as("it answers an older one with a flag")
                .hasSize(1);
    }

    @Test
    void aFlagOfAnotherCodeSystemIsIgnored() {
        ObservationCase foreign = troponin();
        Observation observation = foreign.build();
        Measurement own = observation.measurements().get(0);
        List<Coding> elsewhere = List.of(new Coding("urn:local", "HH"), new Coding(null, "HH"));
        Measurement flagged = new Measurement(own.codings(), own.quantity(), false, elsewhere, false);
        Evaluation evaluation = new Evaluator(Cases.UNITS)
                .evaluate(
                        PatientState.EMPTY,
                        Cases.ANNA,
                        new Observation(
                                "o",
                                null,
                                null,
                                null,
                                ObservationStatus.FINAL,
                                "Patient/anna",
                                null,
                                WrittenTime.at(NOON),
                                null,
                                false,
                                List.of(flagged)),
                        NOON,
                        "received/0/1",
                        RuleBook.of(List.of(Cases.laboratoryFlag())));
        assertThat(told(evaluation)).containsExactly("not no-rule");
    }

    @Test
    void twoAnalytesOfOneObservationAreTwoAlertsThatEndSeparately() {
        Evaluation both = patient.reads(new ObservationCase()
                .codes("1-8")
                .flaggedComponent(TROPONIN, "HH")
                .flaggedComponent("600-7", "AA"));
        assertThat(told(both)).containsExactly("RAISED HIGH 1", "RAISED HIGH 1");
        assertThat(both.alerts()).extracting(Alert::alertId).doesNotHaveDuplicates();

        Evaluation one = patient.after(MINUTE).reads(troponin().id("next"));

        assertThat(told(one)).containsExactly("RESOLVED HIGH 2");
        assertThat(one.alerts().get(0).alertId()).isEqualTo(both.alerts().get(0).alertId());
        assertThat(patient.state().episodes().get(1).isOpen()).isTrue();
    }

    @Test
    void theAlertIdIsTheStartOfTheHashWithTheAnalyte() {
        // printf 'Patient/anna\ncurated/laboratory-flag\nk1\nhttp://loinc.org\n10839-9' | sha256sum
        assertThat(patient.reads(troponin("HH")).alerts().get(0).alertId())
                .isEqualTo("9feafcece7576128b4cb605faff8d5d4");
    }

    @Test
    void theAnalyteIsTheLoincCodeInAnyPosition() {
        Coding local = new Coding("urn:local", "trop");
        Coding loinc = new Coding(Cases.LOINC, TROPONIN);
        patient.reads(troponin("HH").codings(List.of(local, loinc)));
        assertThat(patient.episode().analyte()).isEqualTo(loinc);
        assertThat(told(patient.after(MINUTE).reads(troponin("N").id("k2").codings(List.of(loinc, local)))))
                .containsExactly("RESOLVED HIGH 2");
        assertThat(told(patient.reads(troponin("HH").id("l").codings(List.of(new Coding("s", null), local)))))
                .containsExactly("RAISED HIGH 1");
        assertThat(patient.state().episodes().get(1).analyte()).isEqualTo(local);
    }

    @Test
    void aResultWithoutACodeCannotBeEvaluated() {
        assertThat(told(patient.reads(troponin("HH").codings(List.of())))).containsExactly("not no-rule");
    }

    @Test
    void aCriticalLimitThatCanJudgeTheResultTakesPrecedence() {
        assertThat(told(patient.reads(potassium("6.8").interpreted("HH")))).containsExactly("RAISED HIGH 1");
        assertThat(patient.episode().ruleId()).isEqualTo("curated/potassium-high");
        assertThat(told(EvaluatedPatient.watching(Cases.laboratoryFlag(), Cases.potassiumHigh())
                        .reads(potassium("5.4").interpreted("HH"))))
                .isEmpty();
    }

    @Test
    void aResultThatTheLimitCannotJudgeIsTheLaboratorys() {
        assertThat(told(patient.reads(
                        potassium("6.8").value("6.8", "drops", null, null).interpreted("HH"))))
                .containsExactly("RAISED HIGH 1", "not unit-not-convertible");
        assertThat(told(fresh().reads(potassium(">5").interpreted("HH"))))
                .containsExactly("RAISED HIGH 1", "not comparator-undecided");
        assertThat(told(fresh().reads(new ObservationCase().text().interpreted("AA"))))
                .containsExactly("RAISED HIGH 1", "not no-value");
    }

    @Test
    void aChildsResultIsTheLaboratorysWhereTheLimitIsForAdults() {
        EvaluatedPatient adults = EvaluatedPatient.watching(
                Cases.laboratoryFlag(),
                Cases.rule(
                        "curated/adult",
                        new AgeBand(18, 200),
                        Cases.variant("2823-3", "mmol/L", "<6.0", ">=6.5", null)));
        adults.learns(new Patient(LocalDate.of(2025, 3, 1), null));
        assertThat(told(adults.reads(potassium("6.8")))).containsExactly("not age");
        assertThat(told(adults.reads(potassium("6.8").interpreted("HH")))).containsExactly("RAISED HIGH 1");
    }

    @Test
    void anOpenEpisodeContinuesIfALimitCanJudgeLaterResults() {
        patient.reads(potassium("6.1").value("6.1", "drops", null, null).id("a").interpreted("HH"));
        assertThat(told(patient.after(Duration.ofHours(1))
                        .reads(potassium("6.1").id("b").interpreted("HH"))))
                .containsExactly("RAISED MODERATE 1", "REPEATED HIGH 2");
        assertThat(told(patient.after(MINUTE).reads(potassium("4.1").id("c"))))
                .containsExactly("RESOLVED MODERATE 2", "RESOLVED HIGH 3");
    }

    @ParameterizedTest
    @CsvSource({"HH, suppressed cool-down", "LL, suppressed cool-down", "H, LOWERED MODERATE 2", "N, RESOLVED HIGH 2"})
    void aFurtherResultIsJudgedByItsFlag(String flag, String told) {
        patient.reads(troponin("HH"));
        assertThat(told(patient.after(MINUTE).reads(troponin(flag).id("next")))).containsExactly(told);
    }

    @Test
    void theMostSevereOfSeveralFlagsCounts() {
        Evaluation evaluation = patient.reads(troponin("N", "H", "AA"));
        assertThat(told(evaluation)).containsExactly("RAISED HIGH 1");
        assertThat(evaluation.alerts().get(0).criterion()).isEqualTo("H, AA");
    }

    @Test
    void escalatesFromAFlagThatIsLessSevere() {
        patient.reads(troponin("H"));
        assertThat(told(patient.after(MINUTE).reads(troponin("HH").id("next")))).containsExactly("ESCALATED HIGH 2");
        assertThat(patient.episode().worst().observation().text()).isEqualTo("next");
    }

    @Test
    void aResultWithoutInterpretationEndsTheEpisode() {
        patient.reads(troponin("HH"));
        Evaluation resolved = patient.after(MINUTE).reads(troponin().id("next"));
        assertThat(told(resolved)).containsExactly("RESOLVED HIGH 2");
        assertThat(resolved.alerts().get(0).criterion()).isEqualTo("none");
    }

    @Test
    void anObservationWithoutAResultEndsNoAlert() {
        patient.reads(troponin("HH"));
        assertThat(told(patient.after(MINUTE).reads(troponin().id("lost").quantity(null))))
                .containsExactly("not no-value");
        assertThat(patient.episode().isOpen()).isTrue();
        assertThat(told(patient.after(MINUTE)
                        .reads(troponin().id("words").quantity(null).text())))
                .containsExactly("RESOLVED HIGH 2");
    }

    @Test
    void doesNotEvaluateAResultThatAModifierMayGiveAnotherMeaning() {
        assertThat(told(patient.reads(troponin("HH").modified()))).containsExactly("not modifier-extension");
    }

    @ParameterizedTest
    @CsvSource({"REGISTERED, status", "UNKNOWN, status", "CANCELLED, withdrawn", "ENTERED_IN_ERROR, withdrawn"})
    void doesNotEvaluateAnObservationWithoutAResult(ObservationStatus status, String reason) {
        assertThat(told(patient.reads(troponin("HH").status(status)))).containsExactly("not " + reason);
    }

    @Test
    void confirmsAPreliminaryFlagAndDoesNotEndByAPreliminaryResult() {
        assertThat(told(patient.reads(troponin("HH").preliminary()))).containsExactly("RAISED HIGH 1");
        assertThat(told(patient.after(MINUTE).reads(troponin().id("b").preliminary())))
                .containsExactly("suppressed preliminary");
        assertThat(told(patient.after(MINUTE).reads(troponin("HH")))).containsExactly("CONFIRMED HIGH 2");
    }

    @Test
    void isStaleAndFutureAndLateAsALimitIs() {
        assertThat(told(patient.reads(troponin("HH").effective(NOON.minus(Duration.ofHours(25))))))
                .containsExactly("not stale");
        assertThat(told(patient.reads(troponin("HH").effective(NOON.plus(Duration.ofMinutes(6))))))
                .containsExactly("not future");
        patient.reads(troponin("HH").effective(NOON));
        assertThat(told(patient.reads(troponin().id("old").effective(NOON.minus(MINUTE)))))
                .containsExactly("suppressed out-of-order");
    }

    @Test
    void recursWithinTheCoolDownAndIsAnewAfterIt() {
        patient.reads(troponin("HH"));
        patient.after(MINUTE).reads(troponin().id("b"));
        assertThat(told(patient.after(MINUTE).reads(troponin("LL").id("c")))).containsExactly("RECURRED HIGH 3");
        patient.after(MINUTE).reads(troponin().id("d"));
        assertThat(told(patient.after(Duration.ofHours(2)).reads(troponin("LL").id("e"))))
                .containsExactly("RAISED HIGH 1");
    }

    private static EvaluatedPatient fresh() {
        return EvaluatedPatient.watching(Cases.laboratoryFlag(), Cases.potassiumHigh());
    }

    @Test
    void theGravestOfSeveralFlagsCountsInAnyOrder() {
        Evaluation rising = patient.reads(troponin("H", "HH"));
        assertThat(told(rising)).containsExactly("RAISED HIGH 1");
        assertThat(rising.alerts().get(0).criterion()).isEqualTo("H, HH");
        assertThat(told(fresh().reads(troponin("HH", "H")))).containsExactly("RAISED HIGH 1");
    }

    @Test
    void anAlertNamesTheFlagsThatRaisedItAndTheInterpretationsThatEndedIt() {
        Evaluation raised = patient.reads(troponin("N", "HH"));
        assertThat(raised.alerts().get(0).criterion()).isEqualTo("HH");
        assertThat(raised.alerts().get(0).criterionName()).isEqualTo("interpretation");
        Evaluation ended = patient.after(MINUTE).reads(troponin("N", "A").id("b"));
        assertThat(ended.alerts().get(0).criterion()).isEqualTo("N, A");
    }
}
