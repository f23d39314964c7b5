package io.clinicalstreams.pipeline.domain;

import static io.clinicalstreams.pipeline.domain.Cases.potassium;
import static io.clinicalstreams.pipeline.domain.EvaluatedPatient.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.domain.rule.CriticalLimit;
import io.clinicalstreams.pipeline.domain.rule.LaboratoryFlag;
import io.clinicalstreams.pipeline.domain.rule.RuleDefinition;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Open alerts end when no reading can be expected to end them. */
class EndingTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final LocalDate CHILD = LocalDate.of(2020, 1, 1);

    private final EvaluatedPatient patient = EvaluatedPatient.watching(Cases.potassiumHigh());

    @Test
    void anAlertThatIsNotMeasuredAnyMoreEnds() {
        patient.reads(potassium("6.8"));

        assertThat(told(patient.after(WEEK.minusMillis(1)).reviewed())).isEmpty();
        Evaluation ended = patient.after(Duration.ofMillis(1)).reviewed();

        assertThat(told(ended)).containsExactly("ENDED HIGH 2");
        assertThat(reason(ended)).isEqualTo("not-measured");
        assertThat(patient.episode().isOpen()).isFalse();
    }

    @Test
    void itEndsAtTheTimeWhenItWasDueHoweverLateThatIsNoticed() {
        patient.reads(potassium("6.8"));

        Evaluation ended = patient.after(WEEK.multipliedBy(9)).reviewed();

        assertThat(ended.alerts().get(0).at()).isEqualTo(Cases.NOON.plus(WEEK));
        assertThat(patient.episode().endedAt()).isEqualTo(Cases.NOON.plus(WEEK));
    }

    @Test
    void anyReadingOfTheEpisodePutsItsEndOff() {
        CriticalLimit rule = Cases.potassiumLow();
        EvaluatedPatient low = EvaluatedPatient.watching(rule);
        low.reads(potassium("2.9"));
        low.after(Duration.ofDays(6)).reads(potassium("3.1").id("between").effective(low.now()));

        assertThat(told(low.after(Duration.ofDays(6)).reviewed())).isEmpty();
        assertThat(told(low.after(Duration.ofDays(1)).reviewed())).containsExactly("ENDED MODERATE 2");
    }

    @Test
    void aRuleThatLooksBackLongerWaitsLonger() {
        CriticalLimit rule = Cases.potassiumHigh();
        EvaluatedPatient weekly = EvaluatedPatient.watching(new CriticalLimit(
                new RuleDefinition(
                        rule.id(),
                        rule.version(),
                        rule.title(),
                        rule.source(),
                        Duration.ofHours(2),
                        Duration.ofDays(3),
                        rule.age()),
                rule.variants()));
        weekly.reads(potassium("6.8"));

        assertThat(told(weekly.after(Duration.ofDays(21).minusMillis(1)).reviewed()))
                .isEmpty();
        assertThat(told(weekly.after(Duration.ofMillis(1)).reviewed())).hasSize(1);
    }

    @Test
    void theNextReadingAtALevelPages() {
        patient.reads(potassium("6.8").id("a"));
        patient.after(WEEK.plusMinutes(1)).reviewed();

        assertThat(told(patient.reads(potassium("6.8").id("b")))).containsExactly("REOPENED HIGH 3");
    }

    @Test
    void anAlertOfARemovedRuleEndsAndKeepsWhatIsKnown() {
        patient.reads(potassium("6.8").encounter("Encounter/1"));

        Evaluation ended = patient.watchedBy(Cases.glucoseHigh()).reviewed();

        assertThat(told(ended)).containsExactly("ENDED HIGH 2");
        assertThat(reason(ended)).isEqualTo("rule-removed");
        assertThat(ended.alerts().get(0).rule()).isNull();
        assertThat(ended.alerts().get(0).episode().encounter()).isEqualTo("Encounter/1");
        assertThat(ended.alerts().get(0).reading().observation().text()).isEqualTo("k1");
    }

    @Test
    void anAlertOfARuleThatIsNowByAnalyteEnds() {
        patient.reads(potassium("6.8"));

        assertThat(reason(patient.watchedBy(flag("curated/potassium-high")).reviewed()))
                .isEqualTo("rule-changed");
    }

    @Test
    void anAlertOfARuleThatIsNotByAnalyteAnyMoreEnds() {
        EvaluatedPatient flagged = EvaluatedPatient.watching(flag("curated/potassium-high"));
        flagged.reads(potassium("6.8").interpreted("HH"));
        assertThat(told(flagged.reviewed())).isEmpty();

        assertThat(reason(flagged.watchedBy(Cases.potassiumHigh()).reviewed())).isEqualTo("rule-changed");
    }

    @Test
    void aBirthDateThatComesLaterEndsAnAlertForOtherAges() {
        EvaluatedPatient adult = EvaluatedPatient.watching(adults());
        adult.reads(potassium("6.8"));

        Evaluation ended = adult.after(Duration.ofMinutes(1)).told(new Patient(CHILD, null));

        assertThat(told(ended)).containsExactly("ENDED HIGH 2");
        assertThat(reason(ended)).isEqualTo("age");
        assertThat(ended.alerts().get(0).at()).isEqualTo(adult.now());
        assertThat(ended.state().birthDate()).isEqualTo(CHILD);
    }

    @Test
    void aBirthDateWithinTheRulesAgesEndsNothing() {
        EvaluatedPatient adult = EvaluatedPatient.watching(adults());
        adult.reads(potassium("6.8"));

        assertThat(told(adult.told(new Patient(LocalDate.of(1960, 1, 1), null))))
                .isEmpty();
    }

    @Test
    void anAgeBandThatChangesEndsAlertsOutsideIt() {
        patient.learns(new Patient(CHILD, null)).reads(potassium("6.8"));

        assertThat(reason(patient.watchedBy(adults()).reviewed())).isEqualTo("age");
    }

    @Test
    void aPatientWhoOutgrowsARuleHasItsAlertEndedForThat() {
        EvaluatedPatient child = EvaluatedPatient.watching(Cases.rule(
                "curated/potassium-high",
                new AgeBand(0, 18),
                Cases.variant("2823-3", "mmol/L", "<6.0", ">=6.5", ">=6.0")));
        child.learns(new Patient(LocalDate.of(2008, 3, 3), null)).reads(potassium("6.8"));
        child.after(Duration.ofDays(3));
        assertThat(told(child.reads(potassium("5.0").id("adult")))).containsExactly("not age");

        assertThat(reason(child.after(WEEK).reviewed())).isEqualTo("age");
    }

    @Test
    void endingsAreInTheOrderInWhichTheyWereDue() {
        EvaluatedPatient both = EvaluatedPatient.watching(Cases.potassiumHigh(), Cases.glucoseHigh());
        both.reads(potassium("6.1").id("a"));
        both.after(Duration.ofHours(2)).reads(potassium("30").id("b").codes("14749-6"));
        both.after(Duration.ofHours(1)).reads(potassium("6.1").id("c"));

        assertThat(both.after(WEEK.multipliedBy(2)).reviewed().alerts())
                .extracting(alert -> alert.episode().ruleId())
                .containsExactly("curated/glucose-high", "curated/potassium-high");
    }

    @Test
    void endedAndOtherEpisodesStayAsTheyAre() {
        patient.reads(potassium("6.8").id("a"));
        patient.after(Duration.ofMinutes(1)).reads(potassium("5.0").id("b"));
        PatientState resolved = patient.state();

        assertThat(patient.after(WEEK.multipliedBy(2)).reviewed().state()).isSameAs(resolved);
    }

    private static CriticalLimit adults() {
        return Cases.rule(
                "curated/potassium-high",
                new AgeBand(18, Integer.MAX_VALUE),
                Cases.variant("2823-3", "mmol/L", "<6.0", ">=6.5", ">=6.0"));
    }

    private static LaboratoryFlag flag(String id) {
        LaboratoryFlag flag = Cases.laboratoryFlag();
        return new LaboratoryFlag(
                new RuleDefinition(
                        id, flag.version(), flag.title(), flag.source(), flag.maxAge(), flag.coolDown(), flag.age()),
                Map.copyOf(flag.flags()));
    }

    private static String reason(Evaluation ended) {
        assertThat(ended.alerts()).hasSize(1);
        assertThat(ended.alerts().get(0).criterionName()).isEqualTo("end-reason");
        return ended.alerts().get(0).criterion();
    }
}
