package io.clinicalstreams.pipeline.domain;

import static io.clinicalstreams.pipeline.domain.Cases.NOON;
import static io.clinicalstreams.pipeline.domain.Cases.potassium;
import static io.clinicalstreams.pipeline.domain.EvaluatedPatient.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.domain.rule.CriticalLimit;
import io.clinicalstreams.pipeline.domain.rule.Variant;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluatorTest {

    private final EvaluatedPatient patient =
            EvaluatedPatient.watching(Cases.potassiumHigh(), Cases.potassiumLow(), Cases.glucoseHigh());

    @Test
    void countsUnknownCodesOnce() {
        assertThat(told(patient.reads(potassium("6.8").codes("1-8", "2-6").component("3-4", "9"))))
                .containsExactly("not no-rule");
    }

    @Test
    void doesNotMatchACodeUnderAnotherSystem() {
        assertThat(told(patient.reads(potassium("6.8").codings(List.of(new Coding("urn:local", "2823-3"))))))
                .containsExactly("not no-rule");
        assertThat(told(patient.reads(potassium("6.8").codings(List.of(new Coding(null, "2823-3"))))))
                .containsExactly("not no-rule");
    }

    @Test
    void evaluatesAMeasurementOnceThoughSeveralCodingsMatch() {
        CriticalLimit two = Cases.rule(
                "curated/two",
                AgeBand.ANY,
                Cases.variant("2823-3", "mmol/L", "<6.0", ">=6.5", null),
                Cases.variant("6298-4", "mmol/L", "<6.0", ">=6.5", null));
        assertThat(told(EvaluatedPatient.watching(two).reads(potassium("6.8").codes("2823-3", "6298-4", "2823-3"))))
                .containsExactly("RAISED HIGH 1");
    }

    @Test
    void choosesTheVariantWithTheUnitOfTheValue() {
        assertThat(told(patient.reads(potassium("26").codes("2345-7", "14749-6"))))
                .containsExactly("RAISED HIGH 1");
    }

    @Test
    void evaluatesComponentsAndSeveralRules() {
        assertThat(told(patient.reads(potassium("6.8").component("14749-6", "30"))))
                .containsExactly("RAISED HIGH 1", "RAISED HIGH 1");
        assertThat(patient.state().episodes())
                .extracting(Episode::ruleId)
                .containsExactly("curated/potassium-high", "curated/glucose-high");
    }

    @Test
    void countsAReasonOncePerMeasurementThoughTwoRulesShareItsCode() {
        assertThat(told(patient.reads(new ObservationCase()))).containsExactly("not no-value");
        assertThat(told(patient.reads(potassium("4.2").value("4.2", null, null, null))))
                .containsExactly("not unit-missing");
        assertThat(patient.state()).isSameAs(PatientState.EMPTY);
    }

    @Test
    void saysWhichRuleOrWhichCodeAReadingLeavesUnevaluated() {
        assertThat(unevaluated(new ObservationCase()))
                .containsExactly(new Unevaluated(NotEvaluated.NO_VALUE, "curated/potassium-high", ""));
        assertThat(unevaluated(potassium("6.8").value("6.8", null, Cases.UCUM, "mg/dL")))
                .containsExactly(new Unevaluated(NotEvaluated.UNIT_NOT_CONVERTIBLE, "curated/potassium-high", ""));
        assertThat(unevaluated(
                        potassium("6.8").codings(List.of(new Coding("urn:x", "anna"), new Coding(Cases.LOINC, "1-8")))))
                .containsExactly(new Unevaluated(NotEvaluated.NO_RULE, "", "1-8"));
        assertThat(unevaluated(potassium("6.8").codes("Anna Miller")))
                .containsExactly(new Unevaluated(NotEvaluated.NO_RULE, "", "other"));
    }

    private List<Unevaluated> unevaluated(ObservationCase observation) {
        return patient.reads(observation).notEvaluated();
    }

    @Test
    void doesNotEvaluateAResultThatAModifierMayGiveAnotherMeaning() {
        assertThat(told(patient.reads(potassium("6.8").modified()))).containsExactly("not modifier-extension");
        assertThat(told(patient.reads(potassium("6.8").id("c").modified().status(ObservationStatus.CANCELLED))))
                .containsExactly("not withdrawn");
        assertThat(told(patient.reads(potassium("6.8")))).containsExactly("RAISED HIGH 1");
    }

    @ParameterizedTest
    @CsvSource({"REGISTERED, status", "UNKNOWN, status", "CANCELLED, withdrawn", "ENTERED_IN_ERROR, withdrawn"})
    void doesNotEvaluateAnObservationWithoutAResult(ObservationStatus status, String reason) {
        assertThat(told(patient.reads(potassium("6.8").status(status)))).containsExactly("not " + reason);
    }

    @ParameterizedTest
    @EnumSource(names = {"PRELIMINARY", "FINAL", "AMENDED", "CORRECTED"})
    void evaluatesResults(ObservationStatus status) {
        assertThat(told(patient.reads(potassium("6.8").status(status)))).containsExactly("RAISED HIGH 1");
    }

    @Test
    void staleReadingsNeitherOpenNorResolve() {
        Duration day = Duration.ofHours(24);
        assertThat(told(patient.reads(potassium("6.8").effective(NOON.minus(day).minusMillis(1)))))
                .containsExactly("not stale");
        assertThat(told(patient.reads(potassium("6.8").effective(NOON.minus(day)))))
                .containsExactly("RAISED HIGH 1");
        assertThat(told(patient.reads(
                        potassium("4").id("other").effective(NOON.minus(day).minusMillis(1)))))
                .containsExactly("not stale");
    }

    @Test
    void theLaterOfEffectiveAndIssuedDecidesTheAge() {
        assertThat(told(patient.reads(potassium("6.8")
                        .effective(NOON.minus(Duration.ofDays(3)))
                        .issued(NOON))))
                .containsExactly("RAISED HIGH 1");
    }

    @Test
    void aReadingFromTheFutureIsNotEvaluated() {
        Duration five = Duration.ofMinutes(5);
        assertThat(told(patient.reads(potassium("6.8").effective(NOON.plus(five).plusMillis(1)))))
                .containsExactly("not future");
        assertThat(told(patient.reads(potassium("6.8").issued(NOON.plus(five).plusMillis(1)))))
                .containsExactly("not future");
        assertThat(told(patient.reads(potassium("6.8").effective(NOON.plus(five)))))
                .containsExactly("RAISED HIGH 1");
    }

    /** It is noon on 2026-03-01: a result with that date must not be in the future. */
    @Test
    void aResultDatedTodayIsEvaluatedAsOfItsInput() {
        Evaluation today = patient.reads(potassium("6.8").effective(LocalDate.of(2026, 3, 1)));

        assertThat(told(today)).containsExactly("RAISED HIGH 1");
        assertThat(patient.episode().opening().time()).isEqualTo(NOON);
    }

    @Test
    void aResultDatedTodayIsNotLateForOneOfThisMorningNorIsTheNextOneLateForIt() {
        patient.reads(potassium("6.8").id("a").effective(NOON.minus(Duration.ofHours(2))));
        patient.reads(potassium("6.9").id("b").effective(LocalDate.of(2026, 3, 1)));
        assertThat(patient.episode().latest().observation().text()).isEqualTo("b");

        patient.after(Duration.ofMinutes(1)).reads(potassium("5").id("c").effective(patient.now()));

        assertThat(patient.episode().isOpen()).isFalse();
    }

    @Test
    void onlyADayThatBeginsMoreThanFiveMinutesAheadIsTheFuture() {
        Duration toMidnight = Duration.between(NOON, Instant.parse("2026-03-02T00:00:00Z"));
        patient.after(toMidnight.minusMinutes(5).minusMillis(1));
        assertThat(told(patient.reads(potassium("6.8").effective(LocalDate.of(2026, 3, 2)))))
                .containsExactly("not future");

        patient.after(Duration.ofMillis(1));
        assertThat(told(patient.reads(potassium("6.8").effective(LocalDate.of(2026, 3, 2)))))
                .containsExactly("RAISED HIGH 1");
        assertThat(patient.episode().opening().time()).isEqualTo("2026-03-02T00:00:00Z");
    }

    @Test
    void aDayThatIsOverIsAsOldAsItsEnd() {
        LocalDate yesterday = LocalDate.of(2026, 2, 28);
        patient.after(Duration.ofHours(12).minusNanos(1));
        assertThat(told(patient.reads(potassium("6.8").effective(yesterday)))).containsExactly("RAISED HIGH 1");
        assertThat(patient.episode().opening().time()).isEqualTo("2026-02-28T23:59:59.999999999Z");

        patient.after(Duration.ofNanos(1));
        assertThat(told(patient.reads(potassium("6.8").id("other").effective(yesterday))))
                .containsExactly("not stale");
    }

    @Test
    void aPeriodThatLastsIsEvaluatedAsOfItsInput() {
        Duration hour = Duration.ofHours(1);
        assertThat(told(patient.reads(potassium("6.8").effective(NOON.minus(hour), NOON.plus(hour)))))
                .containsExactly("RAISED HIGH 1");
    }

    @ParameterizedTest
    @CsvSource({"2008-03-01, RAISED HIGH 1", "2008-03-02, not age", "2030-01-01, not age", "1920-01-01, RAISED HIGH 1"})
    void adultsAreThoseWhoHaveHadTheirBirthday(LocalDate birth, String told) {
        EvaluatedPatient adults = EvaluatedPatient.watching(Cases.rule(
                "curated/adult",
                new AgeBand(18, Integer.MAX_VALUE),
                Cases.variant("2823-3", "mmol/L", "<6.0", ">=6.5", null)));
        adults.learns(new Patient(birth, null));
        assertThat(told(adults.reads(potassium("6.8")))).containsExactly(told);
    }

    @Test
    void aPatientOfUnknownAgeIsEvaluated() {
        EvaluatedPatient adults = EvaluatedPatient.watching(Cases.rule(
                "curated/adult", new AgeBand(18, 100), Cases.variant("2823-3", "mmol/L", "<6.0", ">=6.5", null)));
        assertThat(told(adults.learns(new Patient(null, "male")).reads(potassium("6.8"))))
                .containsExactly("RAISED HIGH 1");
    }

    @Test
    void ageIsNotTheReasonIfAnotherRuleAppliesToThePatient() {
        Variant variant = Cases.variant("2823-3", "mmol/L", "<6.0", ">=6.5", null);
        EvaluatedPatient both = EvaluatedPatient.watching(
                Cases.rule("curated/adult", new AgeBand(18, 200), variant),
                Cases.rule("curated/child", new AgeBand(0, 18), variant));
        both.learns(new Patient(LocalDate.of(2000, 1, 1), null));
        assertThat(told(both.reads(potassium("4.0")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "<4, not comparator-undecided",
        "<=2.5, RAISED HIGH 1",
        ">6.2, RAISED MODERATE 1",
        ">5, not comparator-undecided",
        "<3, RAISED MODERATE 1",
        ">=6.5, RAISED HIGH 1"
    })
    void aComparatorIsAnInterval(String value, String told) {
        Evaluation evaluation = EvaluatedPatient.watching(
                        Cases.rule(
                                "curated/high",
                                AgeBand.ANY,
                                Cases.variant("2823-3", "mmol/L", "<6.0", ">=6.5", ">=6.0")),
                        Cases.rule(
                                "curated/low",
                                AgeBand.ANY,
                                Cases.variant("2823-3", "mmol/L", ">=3.2", "<=2.5", "<3.0")))
                .reads(potassium(value));
        assertThat(told(evaluation)).containsExactly(told);
    }

    @Test
    void valuesOfAnySizeAreEvaluated() {
        assertThat(told(patient.reads(potassium("1E+245")))).containsExactly("RAISED HIGH 1");
        assertThat(told(patient.reads(
                        new ObservationCase().id("other").value("9.99E+245", null, Cases.UCUM, "umol/L"))))
                .containsExactly("suppressed cool-down");
    }

    @Test
    void readsAreIdentifiedByIdThenIdentifierThenCoordinates() {
        String byId = id(potassium("6.8").id("x").identifier("s|v"));
        assertThat(id(potassium("6.8").id("x"))).isEqualTo(byId);
        assertThat(id(potassium("6.8").id(null).identifier("s|v")))
                .isEqualTo(id(potassium("6.8").id("s|v")));
        assertThat(id(potassium("6.8").id(null))).isEqualTo(id(potassium("6.8").id("received/0/7")));
        assertThat(byId).isNotEqualTo(id(potassium("6.8").id("y")));
    }

    @Test
    void theAlertIdIsTheStartOfTheHash() {
        // printf 'Patient/anna\ncurated/potassium-high\nk1' | sha256sum
        assertThat(id(potassium("6.8"))).isEqualTo("6f60fb1da10c3dea1cf2582b4ab36873");
    }

    @Test
    void aPatientWithoutNewFactsLeavesTheStateUnchanged() {
        patient.learns(new Patient(LocalDate.of(1980, 1, 1), "female"));
        PatientState known = patient.state();
        assertThat(patient.learns(new Patient(LocalDate.of(1980, 1, 1), null)).state())
                .isSameAs(known);
        assertThat(patient.learns(new Patient(null, "male")).state().birthDate())
                .isEqualTo(LocalDate.of(1980, 1, 1));
    }

    @Test
    void forgetsOnlyWhatEndedBefore() {
        String ended = patient.reads(potassium("6.8")).alerts().get(0).alertId();
        patient.after(Duration.ofMinutes(1)).reads(potassium("4.0").id("b"));
        patient.reads(potassium("30").id("g").codes("14749-6"));
        assertThat(patient.state().forgetEnded(patient.now()).state()).isSameAs(patient.state());
        PatientState.Forgotten forgotten =
                patient.state().forgetEnded(patient.now().plusMillis(1));
        assertThat(forgotten.episodes()).extracting(Episode::alertId).containsExactly(ended);
        assertThat(forgotten.state().episodes()).extracting(Episode::ruleId).containsExactly("curated/glucose-high");
    }

    @Test
    void nothingPrintedIdentifiesThePatient() {
        Evaluation evaluation = patient.reads(potassium("6.8").id("canary"));
        assertThat(evaluation.toString()
                        + evaluation.alerts()
                        + evaluation.state().episodes())
                .doesNotContain("canary")
                .doesNotContain("6.8")
                .doesNotContain("anna");
    }

    private static String id(ObservationCase observation) {
        return EvaluatedPatient.watching(Cases.potassiumHigh())
                .reads(observation)
                .alerts()
                .get(0)
                .alertId();
    }
}
