package io.clinicalstreams.pipeline.domain;

import static io.clinicalstreams.pipeline.domain.Cases.NOON;
import static io.clinicalstreams.pipeline.domain.Cases.potassium;
import static io.clinicalstreams.pipeline.domain.EvaluatedPatient.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EpisodeCourseTest {

    private static final Duration COOL_DOWN = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final EvaluatedPatient patient = EvaluatedPatient.watching(Cases.potassiumHigh());

    @Test
    void raisesOnTheLimitAndKeepsSilentBelowIt() {
        Evaluation below = patient.reads(potassium("5.99"));
        assertThat(told(below)).isEmpty();
        assertThat(below.state().episodes()).isEmpty();
        assertThat(told(patient.reads(potassium("6.0").id("b")))).containsExactly("RAISED MODERATE 1");
    }

    @Test
    void escalatesAtOnceEvenInTheCoolDown() {
        patient.reads(potassium("6.1").id("a"));
        assertThat(told(patient.after(MINUTE).reads(potassium("6.5").id("b")))).containsExactly("ESCALATED HIGH 2");
        assertThat(patient.episode().escalations()).isEqualTo(1);
        assertThat(patient.episode().opening().observation().text()).isEqualTo("a");
        assertThat(patient.episode().worst().observation().text()).isEqualTo("b");
    }

    @Test
    void lowersWhenOnlyALesserLevelIsMet() {
        patient.reads(potassium("6.8").id("a"));
        assertThat(told(patient.after(MINUTE).reads(potassium("6.2").id("b")))).containsExactly("LOWERED MODERATE 2");
        assertThat(patient.episode().worst().observation().text()).isEqualTo("a");
        assertThat(patient.episode().latest().observation().text()).isEqualTo("b");
    }

    @Test
    void repeatsOnlyWhenTheCoolDownHasPassed() {
        patient.reads(potassium("6.8").id("a"));
        assertThat(told(patient.after(COOL_DOWN.minusMillis(1))
                        .reads(potassium("6.9").id("b"))))
                .containsExactly("suppressed cool-down");
        assertThat(patient.episode().suppressed()).isEqualTo(1);
        assertThat(told(patient.after(Duration.ofMillis(1))
                        .reads(potassium("6.9").id("c"))))
                .containsExactly("REPEATED HIGH 2");
        assertThat(told(patient.after(MINUTE).reads(potassium("6.9").id("d")))).containsExactly("suppressed cool-down");
    }

    @Test
    void staysOpenBetweenLevelAndClear() {
        EvaluatedPatient low = EvaluatedPatient.watching(Cases.potassiumLow());
        low.reads(potassium("2.9"));
        assertThat(told(low.after(MINUTE).reads(potassium("3.1").id("b")))).containsExactly("suppressed hysteresis");
        assertThat(low.episode().isOpen()).isTrue();
        assertThat(told(low.after(MINUTE).reads(potassium("3.2").id("c")))).containsExactly("RESOLVED MODERATE 2");
    }

    @Test
    void resolvesByTheClearLimitOnce() {
        patient.reads(potassium("6.8").id("a"));
        Evaluation resolved = patient.after(MINUTE).reads(potassium("5.9").id("b"));
        assertThat(told(resolved)).containsExactly("RESOLVED HIGH 2");
        assertThat(resolved.alerts().get(0).criterion()).isEqualTo("<6.0 mmol/L");
        assertThat(patient.episode().endedAt()).isEqualTo(patient.now());
        Evaluation again = patient.after(MINUTE).reads(potassium("5.8").id("c"));
        assertThat(told(again)).isEmpty();
        assertThat(again.state().episodes()).isEqualTo(resolved.state().episodes());
    }

    @Test
    void reopensTheSameAlertWithinTheCoolDown() {
        String id = patient.reads(potassium("6.8").id("a")).alerts().get(0).alertId();
        patient.after(MINUTE).reads(potassium("5.0").id("b"));
        Evaluation again =
                patient.after(COOL_DOWN.minusMillis(1)).reads(potassium("6.1").id("c"));
        assertThat(told(again)).containsExactly("REOPENED MODERATE 3");
        assertThat(again.alerts().get(0).alertId()).isEqualTo(id);
        assertThat(patient.episode().isOpen()).isTrue();
    }

    @Test
    void raisesANewAlertAfterTheCoolDown() {
        String id = patient.reads(potassium("6.8").id("a")).alerts().get(0).alertId();
        patient.after(MINUTE).reads(potassium("5.0").id("b"));
        Evaluation again = patient.after(COOL_DOWN).reads(potassium("6.8").id("c"));
        assertThat(told(again)).containsExactly("RAISED HIGH 1");
        assertThat(again.alerts().get(0).alertId()).isNotEqualTo(id);
        assertThat(patient.state().episodes()).extracting(Episode::isOpen).containsExactly(false, true);
    }

    @Test
    void neverGivesOneAlertIdTwoFirstVersions() {
        patient.reads(potassium("6.8").id("a"));
        patient.after(MINUTE).reads(potassium("5.0").id("b"));
        assertThat(told(patient.after(COOL_DOWN).reads(potassium("6.8").id("a"))))
                .containsExactly("REOPENED HIGH 3");
    }

    @Test
    void lateReadingsNeitherEscalateNorResolveLowerOrRepeat() {
        patient.reads(potassium("6.1").id("a").effective(NOON));
        patient.after(COOL_DOWN);
        assertThat(told(patient.reads(potassium("5.0").id("b").effective(NOON.minus(MINUTE)))))
                .containsExactly("suppressed out-of-order");
        assertThat(told(patient.reads(potassium("6.2").id("c").effective(NOON.minus(MINUTE)))))
                .containsExactly("suppressed out-of-order");
        assertThat(told(patient.reads(potassium("6.9").id("d").effective(NOON.minus(MINUTE)))))
                .containsExactly("suppressed out-of-order");

        assertThat(patient.episode().latest().observation().text()).isEqualTo("a");
        assertThat(patient.episode().worst().observation().text()).isEqualTo("d");
    }

    @Test
    void aReadingFromBeforeTheEndOpensNothing() {
        patient.reads(potassium("6.8").id("a").effective(NOON));
        patient.after(MINUTE).reads(potassium("5.0").id("b").effective(NOON.plus(MINUTE)));
        PatientState ended = patient.state();
        Evaluation late = patient.after(MINUTE).reads(potassium("6.9").id("c").effective(NOON.plusSeconds(30)));
        assertThat(told(late)).containsExactly("suppressed out-of-order");
        assertThat(late.state().episodes()).isEqualTo(ended.episodes());
    }

    @Test
    void finalFormOfThePreliminaryOpeningConfirms() {
        Evaluation raised =
                patient.reads(potassium("6.8").id("a").effective(NOON).preliminary());
        assertThat(raised.alerts().get(0).episode().preliminary()).isTrue();
        assertThat(told(patient.after(MINUTE).reads(potassium("6.8").id("other"))))
                .containsExactly("suppressed cool-down");
        assertThat(told(patient.after(MINUTE).reads(potassium("6.7").id("a").effective(NOON))))
                .containsExactly("CONFIRMED HIGH 2");
        assertThat(patient.episode().preliminary()).isFalse();
        assertThat(told(patient.after(MINUTE).reads(potassium("6.7").id("a").effective(NOON))))
                .containsExactly("suppressed duplicate");
    }

    @Test
    void finalFormConfirmsEvenWhenLaterReadingsCameFirst() {
        patient.reads(potassium("6.1").id("a").preliminary().effective(NOON));
        patient.after(MINUTE).reads(potassium("6.8").id("b").effective(NOON.plus(MINUTE)));
        assertThat(told(patient.after(MINUTE).reads(potassium("6.1").id("a").effective(NOON))))
                .containsExactly("CONFIRMED HIGH 3");
    }

    @Test
    void preliminaryReadingsEscalateButDoNotLowerOrResolve() {
        patient.reads(potassium("6.1").id("a"));
        patient.after(MINUTE);
        assertThat(told(patient.reads(potassium("6.8").id("b").preliminary()))).containsExactly("ESCALATED HIGH 2");
        assertThat(told(patient.reads(potassium("6.1").id("c").preliminary())))
                .containsExactly("suppressed preliminary");
        assertThat(told(patient.reads(potassium("4.1").id("d").preliminary())))
                .containsExactly("suppressed preliminary");
        assertThat(told(patient.reads(potassium("4.1").id("d")))).containsExactly("RESOLVED HIGH 3");
    }

    @Test
    void doesNotLowerByAValueThatMayStillBeAtTheGraverLevel() {
        patient.reads(potassium("6.8").id("a"));
        PatientState open = patient.state();
        Evaluation undecided = patient.after(MINUTE).reads(potassium(">6.2").id("b"));
        assertThat(told(undecided)).containsExactly("not comparator-undecided");
        assertThat(undecided.state().episodes()).isEqualTo(open.episodes());
    }

    @Test
    void keepsTheMostExtremeReadingAcrossUnits() {
        patient.reads(potassium("6.1").id("a"));
        patient.reads(new ObservationCase().id("b").value("6300", null, Cases.UCUM, "umol/L"));
        assertThat(patient.episode().worst().observation().text()).isEqualTo("b");
        patient.reads(potassium("6.2").id("c"));
        assertThat(patient.episode().worst().observation().text()).isEqualTo("b");
        patient.reads(potassium("6.4").id("d"));
        assertThat(patient.episode().worst().observation().text()).isEqualTo("d");
    }

    @Test
    void keepsEncounterAndTestDataMark() {
        patient.reads(potassium("6.1").encounter("Encounter/1").generated());
        Evaluation escalated = patient.reads(potassium("6.8").id("b"));
        assertThat(escalated.alerts().get(0).episode().encounter()).isEqualTo("Encounter/1");
        assertThat(escalated.alerts().get(0).episode().generated()).isTrue();
        patient.after(COOL_DOWN).reads(potassium("6.8").id("c").encounter("Encounter/2"));
        assertThat(patient.episode().encounter()).isEqualTo("Encounter/2");
    }

    @Test
    void aPreliminaryReadingAtTheSameLevelRepeats() {
        patient.reads(potassium("6.8").id("a"));
        assertThat(told(patient.after(COOL_DOWN).reads(potassium("6.8").id("b").preliminary())))
                .containsExactly("REPEATED HIGH 2");
    }

    @Test
    void aValueThatMayBeWorseStillCountsAsItsOwnLevel() {
        patient.reads(potassium("6.1").id("a"));
        assertThat(told(patient.after(COOL_DOWN).reads(potassium(">6.2").id("b"))))
                .containsExactly("REPEATED MODERATE 2");
    }

    @Test
    void theFirstOfEquallyExtremeReadingsStaysTheWorst() {
        patient.reads(potassium("6.8").id("a"));
        patient.after(MINUTE).reads(potassium("6.80").id("b"));
        assertThat(patient.episode().worst().observation().text()).isEqualTo("a");
    }

    @Test
    void theWorstOfALowLimitIsTheLowest() {
        EvaluatedPatient low = EvaluatedPatient.watching(Cases.potassiumLow());
        low.reads(potassium("2.4").id("a"));
        low.after(MINUTE).reads(potassium("2.2").id("b"));
        low.after(MINUTE).reads(potassium("2.3").id("c"));
        assertThat(low.episode().worst().observation().text()).isEqualTo("b");
    }

    @Test
    void readingsThatCannotBeComparedChangeTheWorstOnlyWhenTheyEscalate() {
        EvaluatedPatient glucose = EvaluatedPatient.watching(Cases.rule(
                "curated/glucose-high",
                AgeBand.ANY,
                Cases.variant("2345-7", "mg/dL", "<=300", ">=450", ">=400"),
                Cases.variant("14749-6", "mmol/L", "<=20", ">=25", ">=22")));
        glucose.reads(potassium("410").id("mass").codes("2345-7").value("410", null, Cases.UCUM, "mg/dL"));
        glucose.after(MINUTE).reads(potassium("23").id("molar").codes("14749-6"));
        assertThat(glucose.episode().worst().observation().text()).isEqualTo("mass");
        glucose.after(MINUTE).reads(potassium("26").id("grave").codes("14749-6"));
        assertThat(glucose.episode().worst().observation().text()).isEqualTo("grave");
    }

    @Test
    void theMostRecentOfSeveralEndedAlertsReopens() {
        patient.reads(potassium("6.8").id("a"));
        patient.after(MINUTE).reads(potassium("5.0").id("b"));
        patient.after(COOL_DOWN.multipliedBy(2)).reads(potassium("6.8").id("c"));
        patient.after(COOL_DOWN.multipliedBy(2)).reads(potassium("5.0").id("d"));
        Evaluation again = patient.after(MINUTE).reads(potassium("6.8").id("e"));
        assertThat(told(again)).containsExactly("REOPENED HIGH 3");
        assertThat(again.alerts().get(0).episode().opening().observation().text())
                .isEqualTo("c");
    }

    @Test
    void testDataStaysMarkedAndOthersAreNotMarked() {
        patient.reads(potassium("6.1").id("a"));
        patient.after(MINUTE).reads(potassium("6.8").id("b"));
        assertThat(patient.episode().generated()).isFalse();
        patient.after(MINUTE).reads(potassium("6.1").id("c").generated());
        patient.after(MINUTE).reads(potassium("5.0").id("d"));
        assertThat(patient.episode().generated()).isTrue();
    }

    @Test
    void aConfirmationIsNoPage() {
        patient.reads(potassium("6.8").id("a").preliminary());
        patient.after(COOL_DOWN.minus(MINUTE)).reads(potassium("6.8").id("a"));
        assertThat(told(patient.after(MINUTE).reads(potassium("6.8").id("b")))).containsExactly("REPEATED HIGH 3");
    }
}
