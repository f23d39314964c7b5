package io.clinicalstreams.pipeline.domain;

import static io.clinicalstreams.pipeline.domain.Cases.potassium;
import static io.clinicalstreams.pipeline.domain.EvaluatedPatient.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.domain.rule.CriticalLimit;
import io.clinicalstreams.pipeline.domain.rule.RuleDefinition;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alerts follow a changed rule, and a birth date that is learned or corrected. */
class JudgedAgainTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final LocalDate ADULT = LocalDate.of(1980, 1, 1);
    private static final LocalDate CHILD = LocalDate.of(2020, 1, 1);

    private static CriticalLimit version(String version, AgeBand age, String clear, String high, String moderate) {
        CriticalLimit rule =
                Cases.rule("curated/potassium-high", age, Cases.variant("2823-3", "mmol/L", clear, high, moderate));
        return new CriticalLimit(
                new RuleDefinition(
                        rule.id(), version, rule.title(), rule.source(), rule.maxAge(), rule.coolDown(), rule.age()),
                rule.variants());
    }

    private static CriticalLimit limits(String version, String clear, String high, String moderate) {
        return version(version, AgeBand.ANY, clear, high, moderate);
    }

    private final EvaluatedPatient patient = EvaluatedPatient.watching(limits("v1", "<6.0", ">=6.5", ">=6.0"));

    @Test
    void aHigherLimitEndsAnAlertThatDoesNotMeetIt() {
        patient.reads(potassium("6.2").id("a"));

        Evaluation ended = patient.after(MINUTE)
                .watchedBy(limits("v2", "<6.3", ">=7.0", ">=6.4"))
                .reviewed();
        assertThat(told(ended)).containsExactly("ENDED MODERATE 2");
        assertThat(ended.alerts().get(0).criterion()).isEqualTo("rule-changed");
        assertThat(told(patient.reviewed())).isEmpty();
    }

    @Test
    void anAlertIsRevisedToTheSeverityOfTheChangedRule() {
        patient.reads(potassium("6.2").id("a"));

        Evaluation revised = patient.after(MINUTE)
                .watchedBy(limits("v2", "<5.5", ">=6.1", ">=5.8"))
                .reviewed();
        assertThat(told(revised)).containsExactly("REVISED HIGH 2");
        assertThat(revised.alerts().get(0).criterion()).isEqualTo(">=6.1 mmol/L");
        assertThat(patient.episode().lastNotifiedAt()).isEqualTo(patient.now());
    }

    @Test
    void aChangeThatMakesNoDifferenceIsNoTransition() {
        patient.reads(potassium("6.2").id("a"));

        assertThat(told(patient.after(MINUTE)
                        .watchedBy(limits("v2", "<5.9", ">=6.5", ">=6.0"))
                        .reviewed()))
                .isEmpty();
        assertThat(patient.episode().isOpen()).isTrue();
    }

    @Test
    void unchangedRulesAreNotJudgedAgain() {
        patient.reads(potassium("6.2").id("a"));
        PatientState before = patient.state();

        assertThat(patient.after(MINUTE).reviewed().state()).isSameAs(before);
    }

    @Test
    void aChangedRuleOpensNothing() {
        patient.reads(potassium("5.8").id("a"));

        assertThat(told(patient.after(MINUTE)
                        .watchedBy(limits("v2", "<5.0", ">=6.5", ">=5.5"))
                        .reviewed()))
                .isEmpty();
    }

    @Test
    void anAlertOfAnUnchangedRuleStaysWhenAnotherChanges() {
        EvaluatedPatient both = EvaluatedPatient.watching(limits("v1", "<6.0", ">=6.5", ">=6.0"), Cases.glucoseHigh());
        both.reads(potassium("30").id("g").codes("14749-6"));
        both.reads(potassium("6.2").id("a"));

        assertThat(both.after(MINUTE)
                        .watchedBy(limits("v2", "<6.3", ">=7.0", ">=6.4"), Cases.glucoseHigh())
                        .reviewed()
                        .alerts())
                .extracting(alert -> alert.episode().ruleId())
                .containsExactly("curated/potassium-high");
    }

    @Test
    void aCorrectedBirthDateOpensWhatTheRuleForThatAgeFinds() {
        EvaluatedPatient ages = EvaluatedPatient.watching(
                version("v1", new AgeBand(18, 200), "<6.0", ">=6.5", ">=6.0"), Cases.glucoseHigh());
        ages.learns(new Patient(CHILD, null));
        assertThat(told(ages.reads(potassium("6.8").id("a")))).containsExactly("not age");

        assertThat(told(ages.after(MINUTE).told(new Patient(ADULT, null)))).containsExactly("RAISED HIGH 1");
        assertThat(told(ages.after(MINUTE).told(new Patient(CHILD, null)))).containsExactly("ENDED HIGH 2");
        assertThat(told(ages.after(MINUTE).told(new Patient(CHILD, null)))).isEmpty();
    }

    @Test
    void whatNoRuleCouldAssessAtAnyAgeIsNotKept() {
        EvaluatedPatient ages =
                EvaluatedPatient.watching(version("v1", new AgeBand(18, 200), "<6.0", ">=6.5", ">=6.0"));
        ages.learns(new Patient(CHILD, null));

        assertThat(told(ages.reads(potassium("6.8").value("6.8", null, Cases.UCUM, "kg"))))
                .containsExactly("not age");
        assertThat(ages.state().histories()).isEmpty();
    }

    @Test
    void aBirthDateLearnedAfterADayOpensNothingOld() {
        EvaluatedPatient ages =
                EvaluatedPatient.watching(version("v1", new AgeBand(18, 200), "<6.0", ">=6.5", ">=6.0"));
        ages.learns(new Patient(CHILD, null));
        ages.reads(potassium("6.8").id("a"));

        assertThat(told(ages.after(Duration.ofHours(25)).told(new Patient(ADULT, null))))
                .isEmpty();
    }

    @Test
    void anUnreadableBirthDateIsCounted() {
        assertThat(told(patient.told(new Patient(CHILD, true, null, PatientLink.NONE))))
                .containsExactly("not birth-date-unreadable");
        assertThat(patient.state().birthDate()).isEqualTo(CHILD);
        assertThat(told(patient.told(new Patient(null, true, null, PatientLink.NONE))))
                .containsExactly("not birth-date-unreadable");
        assertThat(patient.state().birthDate()).isEqualTo(CHILD);
    }

    @Test
    void theDigestOfTheRulesDependsOnTheirVersions() {
        List<Integer> digests = List.of(
                EvaluatedPatient.digest(limits("v1", "<6.0", ">=6.5", ">=6.0")),
                EvaluatedPatient.digest(limits("v2", "<6.0", ">=6.5", ">=6.0")),
                EvaluatedPatient.digest(Cases.glucoseHigh()),
                EvaluatedPatient.digest());
        assertThat(digests).doesNotHaveDuplicates().doesNotContain(0);
    }
}
