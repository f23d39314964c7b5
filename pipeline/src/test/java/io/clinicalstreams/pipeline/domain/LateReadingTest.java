package io.clinicalstreams.pipeline.domain;

import static io.clinicalstreams.pipeline.domain.Cases.NOON;
import static io.clinicalstreams.pipeline.domain.Cases.potassium;
import static io.clinicalstreams.pipeline.domain.EvaluatedPatient.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** A reading that is older than another one of its analyte, and one whose time is not known. */
class LateReadingTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final EvaluatedPatient patient = EvaluatedPatient.watching(Cases.potassiumHigh(), Cases.potassiumLow());

    private static ObservationCase at(String id, String value, Duration ago) {
        return potassium(value).id(id).effective(NOON.minus(ago));
    }

    @Test
    void anOlderCriticalValueOpensNothingThatANewerOneHasAnswered() {
        assertThat(told(patient.reads(at("new", "4.2", MINUTE)))).isEmpty();

        assertThat(told(patient.after(MINUTE).reads(at("old", "6.9", HOUR.multipliedBy(4)))))
                .containsExactly("suppressed out-of-order");
        assertThat(patient.state().episodes()).isEmpty();
    }

    @Test
    void anOlderValueIsNoNewsEvenIfItIsClear() {
        patient.reads(at("new", "4.2", MINUTE));

        assertThat(told(patient.reads(at("old", "4.1", HOUR)))).isEmpty();
    }

    @Test
    void anotherCodeOfTheAnalyteAnswersToo() {
        EvaluatedPatient both = EvaluatedPatient.watching(Cases.glucoseHigh());
        both.reads(at("new", "5", MINUTE).codes("14749-6"));

        assertThat(told(both.reads(at("old", "500", HOUR).codes("2345-7").value("500", null, Cases.UCUM, "mg/dL"))))
                .containsExactly("suppressed out-of-order");
    }

    @Test
    void aNewerReadingOfAnotherAnalyteAnswersNothing() {
        EvaluatedPatient both = EvaluatedPatient.watching(Cases.glucoseHigh(), Cases.potassiumHigh());
        both.reads(at("new", "5", MINUTE).codes("14749-6"));

        assertThat(told(both.reads(at("old", "6.9", HOUR)))).containsExactly("RAISED HIGH 1");
    }

    @Test
    void whatNoNewerReadingAnswersOpensAnAlertThatNamesBoth() {
        patient.reads(at("new", "3.1", MINUTE));

        assertThat(told(patient.reads(at("old", "2.4", HOUR)))).containsExactly("RAISED HIGH 1");
        assertThat(patient.episode().opening().observation().text()).isEqualTo("old");
        assertThat(patient.episode().latest().observation().text()).isEqualTo("new");
    }

    @Test
    void aNewerReadingAtALevelHasAnswered() {
        patient.reads(at("new", "6.1", MINUTE));

        assertThat(told(patient.reads(at("old", "6.9", HOUR)))).containsExactly("suppressed out-of-order");
        assertThat(patient.episode().severity()).isEqualTo(Severity.MODERATE);
        assertThat(patient.episode().opening().observation().text()).isEqualTo("old");
        assertThat(patient.episode().worst().observation().text()).isEqualTo("old");
        assertThat(patient.episode().latest().observation().text()).isEqualTo("new");
    }

    @Test
    void anOlderClearReadingEndsNothing() {
        patient.reads(at("a", "6.9", HOUR));
        patient.reads(at("b", "6.9", MINUTE));

        assertThat(told(patient.reads(at("c", "4.0", MINUTE.multipliedBy(30)))))
                .containsExactly("suppressed out-of-order");
        assertThat(patient.episode().isOpen()).isTrue();
        assertThat(patient.episode().opening().observation().text()).isEqualTo("b");
    }

    @Test
    void ofTheSameTimeTheOneThatArrivesLaterIsNotLate() {
        patient.reads(at("a", "4.0", MINUTE));

        assertThat(told(patient.reads(at("b", "6.9", MINUTE)))).containsExactly("RAISED HIGH 1");
    }

    @Test
    void aFastClockMakesAReadingNeitherOlderNorNewerThanOthers() {
        patient.reads(at("correct", "4.2", Duration.ZERO));
        patient.after(MINUTE);
        assertThat(told(patient.reads(
                        potassium("6.9").id("fast").effective(patient.now().plusMillis(10)))))
                .containsExactly("RAISED HIGH 1");
        patient.after(MINUTE);
        assertThat(told(patient.reads(
                        potassium("4.0").id("old").effective(patient.now().minusSeconds(90)))))
                .containsExactly("suppressed out-of-order");
        assertThat(told(patient.reads(potassium("4.0").id("new").effective(patient.now()))))
                .containsExactly("RESOLVED HIGH 2");
    }

    @Test
    void aClearReadingOfAFastClockAnswersOnlyWhatIsSurelyOlder() {
        patient.reads(potassium("4.2").id("fast").effective(NOON.plusSeconds(60)));
        assertThat(told(patient.reads(at("older", "6.9", Duration.ofSeconds(241)))))
                .containsExactly("suppressed out-of-order");
        assertThat(told(patient.reads(at("perhaps", "6.9", Duration.ofMinutes(4)))))
                .containsExactly("RAISED HIGH 1");
    }

    @Test
    void anAnswerThatIsWithdrawnLeavesTheOlderFindingUnanswered() {
        patient.reads(at("new", "4.2", MINUTE));
        patient.reads(at("old", "6.9", HOUR));

        assertThat(told(patient.reads(at("new", "4.2", MINUTE).status(ObservationStatus.ENTERED_IN_ERROR))))
                .containsExactly("RAISED HIGH 1", "not withdrawn");
    }

    @Test
    void readingsOfTheSameTimeUnderTwoCodesKeepTheirOrder() {
        EvaluatedPatient both = EvaluatedPatient.watching(Cases.rule(
                "curated/potassium-high",
                AgeBand.ANY,
                Cases.variant("2823-3", "mmol/L", "<6.0", ">=6.5", ">=6.0"),
                Cases.variant("6298-4", "mmol/L", "<6.0", ">=6.5", ">=6.0")));
        both.reads(at("first", "4.0", HOUR).codes("2823-3"));
        both.after(MINUTE).reads(at("second", "6.9", MINUTE).codes("6298-4"));
        both.after(MINUTE).reads(at("third", "4.0", MINUTE).codes("2823-3"));

        assertThat(told(both.after(MINUTE)
                        .reads(at("second", "6.8", MINUTE).codes("6298-4").status(ObservationStatus.CORRECTED))))
                .as("still resolved")
                .containsExactly("REVISED HIGH 3");
    }

    @Test
    void aLaboratorysNormalResultAnswersItsOlderCriticalOne() {
        EvaluatedPatient flags = EvaluatedPatient.watching(Cases.laboratoryFlag());
        flags.reads(at("new", "1", MINUTE).codes("10839-9").interpreted("N"));

        assertThat(told(flags.reads(at("old", "9", HOUR).codes("10839-9").interpreted("HH"))))
                .containsExactly("suppressed out-of-order");
        assertThat(told(flags.reads(at("other", "9", HOUR).codes("600-7").interpreted("HH"))))
                .containsExactly("RAISED HIGH 1");
    }

    @Test
    void aReadingWithoutATimeOpensAndEndsNothing() {
        assertThat(told(patient.reads(potassium("6.9").undated()))).containsExactly("not time-unknown");
        patient.reads(at("a", "6.9", MINUTE));
        assertThat(told(patient.reads(potassium("4.0").id("b").undated()))).containsExactly("not time-unknown");
        assertThat(patient.episode().isOpen()).isTrue();
    }

    @Test
    void aYearOrMonthIsNoTime() {
        LocalDate january = LocalDate.of(2026, 1, 1);
        assertThat(told(patient.reads(potassium("6.9").effectiveMonth(january, LocalDate.of(2027, 1, 1)))))
                .containsExactly("not time-unknown");
        assertThat(told(patient.reads(
                        potassium("6.9").effectiveMonth(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1)))))
                .containsExactly("not time-unknown");
    }

    @Test
    void theTimeItWasIssuedCountsIfItCanBeTrue() {
        LocalDate march = LocalDate.of(2026, 3, 1);
        assertThat(told(patient.reads(potassium("6.9")
                        .id("before")
                        .issued(NOON.minus(MINUTE))
                        .effectiveMonth(LocalDate.of(2025, 3, 1), LocalDate.of(2025, 4, 1)))))
                .containsExactly("not time-unknown");
        assertThat(told(patient.reads(potassium("6.9")
                        .id("in")
                        .issued(NOON.minus(MINUTE))
                        .effectiveMonth(march, march.plusMonths(1)))))
                .containsExactly("RAISED HIGH 1");
        assertThat(patient.episode().opening().time()).isEqualTo(NOON.minus(MINUTE));
    }

    @Test
    void onlyReadingsThatRulesListenToAreKeptAndOnlyTheLatestOfOldOnes() {
        patient.reads(at("a", "4.0", MINUTE).codes("1-8"));
        assertThat(patient.state().histories()).isEmpty();
        patient.reads(at("a", "4.0", MINUTE));
        for (int day = 1; day < 9; day++) {
            patient.after(Duration.ofDays(1)).reads(potassium("4.1").id("k" + day));
        }
        assertThat(patient.state().histories()).hasSize(1);
        assertThat(patient.state().histories().get(0).readings()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aMonitoredValueKeepsTheLatestReadingsAndItsAlertRemembersTheOthers() {
        patient.reads(at("first", "6.9", HOUR));
        for (int i = 0; i < 3 * AnalyteHistory.MOST_READINGS; i++) {
            patient.after(MINUTE).reads(potassium("6.6").id("k" + i));
        }
        assertThat(patient.state().histories().get(0).readings()).hasSize(AnalyteHistory.MOST_READINGS);

        assertThat(told(patient.reads(potassium("6.7")
                        .id("k" + (3 * AnalyteHistory.MOST_READINGS - 1))
                        .status(ObservationStatus.CORRECTED))))
                .containsExactly("REVISED HIGH 2");
        assertThat(patient.episode().opening().observation().text()).isEqualTo("first");
    }
}
