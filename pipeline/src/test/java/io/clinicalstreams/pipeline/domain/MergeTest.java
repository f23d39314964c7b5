package io.clinicalstreams.pipeline.domain;

import static io.clinicalstreams.pipeline.domain.MergedPatients.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.clinicalstreams.pipeline.domain.NaiveAlerts.Version;
import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.domain.rule.CriticalLimit;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.topics.wire.PatientKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A duplicate's alerts, readings and later input go on under the Patient that replaces it, once. */
class MergeTest {

    private static final List<String> VALUES = List.of("4.2", "5.99", "6.0", "6.4", "6.5", "6.9");

    private final MergedPatients patients = new MergedPatients();

    private static Version reading(String id, int minute, String value) {
        return new Version(id, 1, Cases.NOON.plusSeconds(minute * 60L - 36_000), new BigDecimal(value));
    }

    @Test
    void anOpenAlertEndsAsMovedAndGoesOnUnderTheOtherPatient() {
        patients.reads("a", reading("k", 1, "6.8"));
        patients.replaced("a", 2, "b");

        assertThat(patients.told())
                .containsExactly("Patient/a RAISED HIGH 1", "Patient/a MOVED HIGH 2", "Patient/a moved");
        patients.receiveAll();
        assertThat(patients.told()).containsExactly("Patient/b CONTINUED HIGH 1", "Patient/b taken-over");
        assertThat(patients.open("a")).isEmpty();
        assertThat(patients.open("b")).containsExactly(new NaiveAlerts.Open("HIGH", "k 6.8", "k 6.8", "k 6.8"));
    }

    @Test
    void laterInputOfTheDuplicateIsEvaluatedForTheOther() {
        patients.reads("a", reading("k", 1, "6.8"));
        patients.replaced("a", 2, "b");
        patients.reads("a", reading("l", 2, "4.2"));
        patients.receiveAll();

        assertThat(patients.told()).contains("Patient/b CONTINUED HIGH 1", "Patient/b RESOLVED HIGH 2");
        assertThat(patients.state(key("a")).histories()).isEmpty();
    }

    /** It cannot be known whether a later reading, no longer kept, was critical again. */
    @Test
    void anAlertThatANewerReadingOfTheOtherMayHaveAnsweredGoesOnUntilTheNextOne() {
        patients.reads("a", reading("k", 1, "6.8"));
        patients.reads("b", reading("l", 2, "4.2"));
        patients.replaced("a", 2, "b");
        patients.receiveAll();

        assertThat(patients.open("b")).hasSize(1);
        patients.reads("b", reading("m", 3, "4.3"));
        assertThat(patients.told()).contains("Patient/b CONTINUED HIGH 1", "Patient/b RESOLVED HIGH 2");
    }

    @Test
    void oneAlertIsLeftWhereBothHadOne() {
        patients.reads("a", reading("k", 2, "6.9"));
        patients.reads("b", reading("l", 1, "6.1"));
        patients.replaced("a", 2, "b");
        patients.receiveAll();

        assertThat(patients.told()).contains("Patient/a MOVED HIGH 2", "Patient/b CONTINUED HIGH 2");
        assertThat(patients.open("b")).containsExactly(new NaiveAlerts.Open("HIGH", "k 6.9", "k 6.9", "k 6.9"));
    }

    /** Neither critical reading is kept; the other patient has a clear one of whatever time. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void aMergeEndsNoAlertWhateverTheOtherHas(String critical) {
        for (int minute = 0; minute < 24; minute++) {
            MergedPatients merged = new MergedPatients(RuleBook.of(List.of(Cases.potassiumLow())));
            merged.reads(critical, reading("critical", 1, "2.4"));
            merged.reads(critical, reading("again", 3, "2.4"));
            for (int i = 0; i < AnalyteHistory.MOST_READINGS + 1; i++) {
                merged.reads(critical, reading("band" + i, 4 + i, "3.1"));
            }
            merged.reads(critical.equals("a") ? "b" : "a", reading("clear", minute, "4.0"));
            merged.replaced("a", 2, "b");
            merged.receiveAll();

            assertThat(merged.open("b"))
                    .as("a clear reading of minute %d", minute)
                    .extracting(NaiveAlerts.Open::severity)
                    .containsExactly("HIGH");
            merged.reads("b", reading("next", 30, "4.0"));
            assertThat(merged.open("b")).isEmpty();
        }
    }

    /** Also if the reading behind it is not kept. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void theMoreSevereOfTwoAlertsCounts(String severe) {
        MergedPatients merged = new MergedPatients(RuleBook.of(List.of(Cases.potassiumLow())));
        merged.reads(severe.equals("a") ? "b" : "a", reading("first", 0, "2.8"));
        merged.reads(severe, reading("critical", 1, "2.4"));
        for (int i = 0; i < AnalyteHistory.MOST_READINGS + 1; i++) {
            merged.reads(severe, reading("band" + i, 2 + i, "3.1"));
        }
        merged.replaced("a", 2, "b");
        merged.receiveAll();

        assertThat(merged.told()).contains("Patient/b CONTINUED HIGH 2");
        assertThat(merged.open("b"))
                .containsExactly(new NaiveAlerts.Open("HIGH", "critical 2.4", "band16 3.1", "critical 2.4"));

        merged.reads("b", new Version("first", 2, reading("first", 0, "2.8").time(), null));
        assertThat(merged.open("b")).extracting(NaiveAlerts.Open::severity).containsExactly("HIGH");
    }

    /** The reading that opened it is not kept, or did not move. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAlertThatGoesOnOutlivesWhatTheOtherReadBeforeIt(boolean onlyAlertsMove) {
        RuleBook rules = RuleBook.of(List.of(Cases.potassiumLow()));
        for (int clear = 0; clear < 4; clear++) {
            MergedPatients merged = new MergedPatients(rules).movingAlertsOnly(onlyAlertsMove);
            merged.reads("a", reading("critical", 1, "2.4"));
            merged.reads("a", reading("again", 3, "2.4"));
            for (int i = 0; i < AnalyteHistory.MOST_READINGS + 1; i++) {
                merged.reads("a", reading("band" + i, 4 + i, "3.1"));
            }
            merged.reads("b", reading("clear", clear, "4.0"));
            merged.replaced("a", 2, "b");
            merged.receiveAll();

            merged.watchedBy(RuleBook.of(List.of(Cases.potassiumLow(), Cases.glucoseHigh())))
                    .reviewed("b");
            merged.introduces("b", new Patient(LocalDate.of(1980, 1, 1), false, null, null));
            merged.reads(
                    "b", new Version("clear", 2, reading("clear", clear, "4.0").time(), new BigDecimal("4.1")));
            merged.reads("b", reading("late", clear, "4.2"));
            assertThat(merged.open("b"))
                    .as("a clear reading of minute %d", clear)
                    .extracting(NaiveAlerts.Open::severity)
                    .containsExactly("HIGH");
            merged.reads("b", reading("next", 30, "4.0"));
            assertThat(merged.open("b")).isEmpty();
        }
    }

    @Test
    void byTheBirthDateThatCountsForBothAnotherRuleRaisesAnAlert() {
        MergedPatients merged =
                new MergedPatients(RuleBook.of(List.of(forAges("adult", 18, 200), forAges("child", 0, 18))));
        merged.introduces("a", new Patient(LocalDate.of(1900, 1, 1), false, null, null));
        merged.introduces("b", new Patient(LocalDate.of(2020, 1, 1), false, null, null));
        merged.reads("a", reading("k", 1, "6.8"));
        merged.replaced("a", 2, "b");
        merged.receiveAll();
        merged.reviewed("b");

        assertThat(merged.state(key("b")).episodes())
                .filteredOn(Episode::isOpen)
                .extracting(Episode::ruleId)
                .containsExactly("child");
    }

    private static CriticalLimit forAges(String id, int from, int below) {
        return Cases.rule(
                id, new AgeBand(from, below), Cases.potassiumHigh().variants().get(0));
    }

    @Test
    void thePageOfTheDuplicateCountsForTheCoolDown() {
        MergedPatients cooling = new MergedPatients(MergedPatients.WITH_COOL_DOWN);
        cooling.reads("a", reading("k", 1, "6.8"));
        cooling.after(Duration.ofMinutes(50)).replaced("a", 2, "b");
        cooling.receiveAll();
        cooling.told();

        cooling.after(Duration.ofMinutes(5)).reads("b", reading("l", 2, "6.9"));
        assertThat(cooling.told()).isEmpty();
        cooling.after(Duration.ofMinutes(10)).reads("b", reading("m", 3, "6.9"));
        assertThat(cooling.told()).containsExactly("Patient/b REPEATED HIGH 2");
    }

    @Test
    void theLaterPageOfBothCountsForTheCoolDown() {
        MergedPatients cooling = new MergedPatients(MergedPatients.WITH_COOL_DOWN);
        cooling.reads("b", reading("k", 1, "6.8"));
        cooling.after(Duration.ofMinutes(50)).reads("a", reading("l", 2, "6.8"));
        cooling.replaced("a", 2, "b");
        cooling.receiveAll();
        cooling.told();

        cooling.after(Duration.ofMinutes(20)).reads("b", reading("m", 3, "6.9"));
        assertThat(cooling.told()).isEmpty();
    }

    @Test
    void ofAnObservationThatBothHaveTheLaterVersionCounts() {
        Version first = reading("k", 1, "6.8");
        Version second = new Version("k", 2, first.time(), new BigDecimal("4.2"));
        for (String later : List.of("a", "b")) {
            MergedPatients merged = new MergedPatients();
            merged.reads("a", later.equals("a") ? second : first);
            merged.reads("b", later.equals("b") ? second : first);
            merged.replaced("a", 2, "b");
            merged.receiveAll();

            assertThat(merged.state(key("b")).histories())
                    .as("the later one is of %s", later)
                    .flatExtracting(AnalyteHistory::readings)
                    .singleElement()
                    .satisfies(kept -> assertThat(kept.version().versionId()).isEqualTo(2));
        }
    }

    /** The reading that opened the alert is not kept any more: the later ones neither raise nor clear it. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void anAlertStaysOpenThoughTheOtherHasAnOlderReading(String critical) {
        MergedPatients merged = new MergedPatients(RuleBook.of(List.of(Cases.potassiumLow())));
        merged.reads(critical, reading("critical", 1, "2.4"));
        for (int i = 0; i < AnalyteHistory.MOST_READINGS + 1; i++) {
            merged.reads(critical, reading("band" + i, 2 + i, "3.1"));
        }
        merged.reads(critical.equals("a") ? "b" : "a", reading("older", 0, "4.0"));
        merged.replaced("a", 2, "b");
        merged.receiveAll();

        assertThat(merged.open("b"))
                .extracting(NaiveAlerts.Open::severity, NaiveAlerts.Open::opening)
                .containsExactly(tuple("HIGH", "critical 2.4"));
    }

    @Test
    void anAlertWhoseReadingTheOtherWithdrewGoesOnUntilTheNextOne() {
        Version critical = reading("k", 1, "6.8");
        patients.reads("a", critical);
        patients.reads("b", new Version("k", 2, critical.time(), null));
        patients.replaced("a", 2, "b");
        patients.receiveAll();

        assertThat(patients.state(key("b")).histories()).isEmpty();
        assertThat(patients.open("b")).hasSize(1);
        patients.reads("b", reading("l", 2, "4.2"));
        assertThat(patients.open("b")).isEmpty();
    }

    /** A sender repeats what it took back, as the same version or as a later one with the same content. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void anAlertWhoseReadingTheOtherTookBackIsRetractedWhenThatIsSentAgain(int again) {
        Version critical = reading("k", 1, "6.8");
        for (String value : List.of("", "4.2")) {
            @Nullable BigDecimal now = value.isEmpty() ? null : new BigDecimal(value);
            MergedPatients merged = new MergedPatients();
            merged.reads("a", critical);
            merged.reads("b", new Version("k", 2, critical.time(), now));
            merged.replaced("a", 2, "b");
            merged.receiveAll();
            assertThat(merged.open("b")).hasSize(1);

            merged.reads("b", new Version("k", again, critical.time(), now));
            assertThat(merged.open("b")).isEmpty();
            assertThat(merged.told()).endsWith("Patient/b RETRACTED HIGH 2");
        }
    }

    /** Also if the other alert is more severe now. */
    @ParameterizedTest
    @ValueSource(strings = {"6.6", "6.1"})
    void theWorstReadingOfTwoAlertsIsKept(String latest) {
        for (String worse : List.of("a", "b")) {
            MergedPatients merged = new MergedPatients();
            merged.reads(worse, reading("k", 1, "6.9"));
            merged.reads(worse, reading("l", 2, latest));
            merged.reads(worse.equals("a") ? "b" : "a", reading("m", 3, "6.6"));
            merged.replaced("a", 2, "b");
            merged.receiveAll();

            assertThat(merged.open("b"))
                    .as("the worst reading is of %s", worse)
                    .extracting(NaiveAlerts.Open::severity, NaiveAlerts.Open::latest, NaiveAlerts.Open::worst)
                    .containsExactly(tuple("HIGH", "m 6.6", "k 6.9"));
        }
    }

    @Test
    void theSamePatientAgainMovesNothing() {
        patients.reads("a", reading("k", 1, "6.8"));
        patients.replaced("a", 2, "b");
        patients.receiveAll();
        patients.told();

        patients.replaced("a", 2, "b");
        patients.replaced("a", 3, "b");
        assertThat(patients.waiting()).isEmpty();
        assertThat(patients.told()).isEmpty();
    }

    @Test
    void anEarlierVersionOfThePatientHasNoEffect() {
        patients.replaced("a", 3, "b");
        patients.replaced("a", 2, null);

        assertThat(patients.told()).containsExactly("Patient/a linked", "Patient/a superseded");
        patients.reads("a", reading("k", 1, "6.8"));
        patients.receiveAll();
        assertThat(patients.open("b")).hasSize(1);
    }

    /** The later version has no link, and came first. */
    @Test
    void anEarlierVersionWithALinkMergesNothing() {
        patients.reads("a", reading("k", 1, "6.8"));
        patients.replaced("a", 3, null);
        patients.replaced("a", 2, "b");
        patients.receiveAll();

        assertThat(patients.told()).containsExactly("Patient/a RAISED HIGH 1", "Patient/a superseded");
        assertThat(patients.open("a")).hasSize(1);
    }

    /** A laboratory's Bundle has a Patient with an id and a birth date only. */
    @Test
    void aPatientWithoutLinkAndVersionChangesNoLink() {
        patients.replaced("a", 3, null);
        patients.learns("a", PatientLink.NONE);
        patients.replaced("a", 2, "b");
        patients.replaced("a", 4, "b");
        patients.learns("a", PatientLink.NONE);
        patients.reads("a", reading("k", 1, "6.8"));
        patients.receiveAll();

        assertThat(patients.told())
                .containsExactly(
                        "Patient/a superseded", "Patient/a linked", "Patient/a superseded", "Patient/b RAISED HIGH 1");
    }

    /** As it was before versions were remembered: the one that arrives last counts. */
    @Test
    void anEarlierVersionWithoutALinkIsLearnedAsBefore() {
        LocalDate known = LocalDate.of(1950, 6, 1);
        patients.introduces("a", new Patient(null, false, null, new PatientLink(null, 3L, null)));
        patients.introduces("a", new Patient(known, false, null, new PatientLink(null, 2L, null)));
        patients.replaced("a", 2, "b");

        assertThat(patients.state(key("a")).birthDate()).isEqualTo(known);
        assertThat(patients.told()).containsExactly("Patient/a superseded");
    }

    @Test
    void aLinkThatIsRemovedStartsAfresh() {
        patients.reads("a", reading("k", 1, "6.8"));
        patients.replaced("a", 2, "b");
        patients.receiveAll();
        patients.told();

        patients.replaced("a", 3, null);
        patients.reads("a", reading("l", 2, "6.9"));

        assertThat(patients.told()).containsExactly("Patient/a taken-back", "Patient/a RAISED HIGH 1");
        assertThat(patients.open("b")).hasSize(1);
        patients.replaced("a", 4, "b");
        patients.receiveAll();
        assertThat(patients.told()).contains("Patient/a MOVED HIGH 2", "Patient/b CONTINUED HIGH 2");
    }

    @Test
    void aLinkToNoSinglePatientIsCounted() {
        patients.learns("a", null);

        assertThat(patients.told()).containsExactly("Patient/a target-unknown");
    }

    @Test
    void aPatientThatReplacesItselfIsNoDuplicate() {
        patients.reads("a", reading("k", 1, "6.8"));
        patients.replaced("a", 2, "a");

        assertThat(patients.told()).containsExactly("Patient/a RAISED HIGH 1");
    }

    @Test
    void aSilenceEndsAsMovedAndIsToldByTheLatestReadingOfBoth() {
        MergedPatients watched = new MergedPatients(RuleBook.of(List.of(Cases.silence(false))));
        watched.reads("a", new Version("k", 1, Cases.NOON, new BigDecimal("4.1")));
        watched.after(Duration.ofMinutes(31)).reviewed("a");
        watched.replaced("a", 2, "b");
        watched.receiveAll();
        assertThat(watched.told())
                .containsExactly(
                        "Patient/a RAISED MODERATE 1",
                        "Patient/a MOVED MODERATE 2",
                        "Patient/a moved",
                        "Patient/b taken-over");

        watched.reviewed("b");
        assertThat(watched.told()).containsExactly("Patient/b RAISED MODERATE 1");
        watched.reads("a", new Version("l", 1, Cases.NOON.plusSeconds(1900), new BigDecimal("4.2")));
        watched.receiveAll();
        assertThat(watched.told()).containsExactly("Patient/b RESOLVED MODERATE 2");
    }

    @Test
    void thereIsNoSilenceWhereTheOtherHasANewerReading() {
        MergedPatients watched = new MergedPatients(RuleBook.of(List.of(Cases.silence(false))));
        watched.reads("a", new Version("k", 1, Cases.NOON, new BigDecimal("4.1")));
        watched.after(Duration.ofMinutes(31)).reviewed("a");
        watched.reads("b", new Version("l", 1, Cases.NOON.plusSeconds(1800), new BigDecimal("4.2")));
        watched.replaced("a", 2, "b");
        watched.receiveAll();
        watched.told();

        watched.reviewed("b");
        assertThat(watched.told()).isEmpty();
    }

    @Test
    void aSilenceEndsIfTheDuplicateHasANewerReading() {
        MergedPatients watched = new MergedPatients(RuleBook.of(List.of(Cases.silence(false))));
        watched.reads("b", new Version("k", 1, Cases.NOON, new BigDecimal("4.1")));
        watched.after(Duration.ofMinutes(31)).reviewed("b");
        watched.reads("a", new Version("l", 1, Cases.NOON.plusSeconds(1800), new BigDecimal("4.2")));
        watched.replaced("a", 2, "b");
        watched.receiveAll();

        assertThat(watched.told()).contains("Patient/b RAISED MODERATE 1", "Patient/b ENDED MODERATE 2");
    }

    @Test
    void aSilenceThatComesBackIsTheSameAlert() {
        MergedPatients watched = new MergedPatients(RuleBook.of(List.of(Cases.silence(false))));
        watched.reads("a", new Version("k", 1, Cases.NOON, new BigDecimal("4.1")));
        watched.after(Duration.ofMinutes(31)).reviewed("a");
        watched.replaced("a", 2, "b");
        watched.receiveAll();
        watched.replaced("a", 3, null);
        watched.replaced("b", 2, "a");
        watched.receiveAll();
        watched.told();

        watched.reviewed("a");
        assertThat(watched.told()).containsExactly("Patient/a REOPENED MODERATE 3");
    }

    @Test
    void aStayMovesAndLaterEncountersFollow() {
        MergedPatients watched = new MergedPatients(RuleBook.of(List.of(Cases.silence(true))));
        watched.stays("a", "e1", 1, true);
        watched.replaced("a", 2, "b");
        watched.receiveAll();
        watched.after(Duration.ofMinutes(31)).reviewed("b");
        assertThat(watched.told())
                .containsExactly("Patient/a moved", "Patient/b taken-over", "Patient/b RAISED MODERATE 1");
        assertThat(watched.state(key("a")).stays()).isEmpty();

        watched.stays("a", "e1", 2, false);
        watched.receiveAll();
        assertThat(watched.told()).containsExactly("Patient/b ENDED MODERATE 2");
    }

    /** An Encounter that both have: its later version counts, whichever patient has it. */
    @Test
    void theLaterVersionOfAStayCounts() {
        for (boolean laterIsOfTheDuplicate : List.of(true, false)) {
            MergedPatients watched = new MergedPatients(RuleBook.of(List.of(Cases.silence(true))));
            watched.stays("a", "e1", laterIsOfTheDuplicate ? 3 : 1, !laterIsOfTheDuplicate);
            watched.stays("a", "e1", laterIsOfTheDuplicate ? 4 : 2, true);
            watched.stays("b", "e1", laterIsOfTheDuplicate ? 1 : 5, laterIsOfTheDuplicate);
            watched.stays("a", "e2", 1, true);
            watched.replaced("a", 2, "b");
            watched.receiveAll();

            assertThat(watched.state(key("b")).stays())
                    .extracting(stay -> stay.id() + ' ' + stay.versionId())
                    .containsExactlyInAnyOrder(laterIsOfTheDuplicate ? "e1 4" : "e1 5", "e2 1");
        }
    }

    /** Each replaces the other: a state goes home, or to the one that is replaced by nothing any more. */
    @Test
    void twoThatReplaceEachOtherDoNotSwap() {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            MergedPatients both = new MergedPatients();
            both.reads("a", reading("a1", 1, "6.8"));
            both.reads("a", reading("a2", 2, "4.2"));
            both.reads("b", reading("b1", 3, "6.9"));
            both.reads("b", reading("b2", 4, "6.1"));
            List<Runnable> steps =
                    new ArrayList<>(List.of(() -> both.replaced("a", 2, "b"), () -> both.replaced("b", 2, "a")));
            Collections.shuffle(steps, random);
            run(both, steps, random);

            for (String each : List.of("a", "b")) {
                PatientKey end = both.state(key(each)).replacedBy();
                assertThat(both.state(end == null ? key(each) : end).histories())
                        .as("%s", both.trace())
                        .flatExtracting(AnalyteHistory::readings)
                        .extracting(reading -> reading.identity().text())
                        .contains(each + '1', each + '2');
            }
        }
    }

    @Test
    void aMergeThatIsCorrectedToTheOtherDirectionHolds() {
        patients.reads("a", reading("k", 1, "6.8"));
        patients.replaced("a", 2, "b");
        patients.replaced("a", 3, null);
        patients.replaced("b", 2, "a");
        patients.receiveAll();

        assertThat(patients.open("a")).hasSize(1);
        assertThat(patients.open("b")).isEmpty();
        patients.reads("b", reading("l", 2, "4.2"));
        patients.receiveAll();
        assertThat(patients.open("a")).isEmpty();
        assertThat(patients.state(key("b")).histories()).isEmpty();
    }

    /** What has gone far enough stays there, and the links stay too. */
    @Test
    void aChainThatIsTooLongLosesNoLink() {
        for (int i = 0; i < 10; i++) {
            patients.replaced("p" + i, 2, "p" + (i + 1));
        }
        patients.told();
        patients.reads("p0", reading("far", 1, "6.8"));
        patients.reads("p8", reading("near", 1, "6.9"));
        patients.receiveAll();

        assertThat(patients.told()).containsExactlyInAnyOrder("Patient/p10 RAISED HIGH 1", "Patient/p8 RAISED HIGH 1");
        assertThat(patients.state(key("p8")).replacedBy()).isEqualTo(key("p9"));

        patients.replaced("p8", 2, "p9");
        patients.receiveAll();
        assertThat(patients.told()).startsWith("Patient/p8 MOVED HIGH 2", "Patient/p8 moved");
        patients.replaced("p8", 2, "p9");
        assertThat(patients.told()).as("it has moved").isEmpty();
    }

    /** Each replaces the next: nothing goes round forever, and nothing is lost. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aCycleEnds(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            MergedPatients cycle = new MergedPatients();
            List<Runnable> steps = new ArrayList<>(List.of(
                    () -> cycle.replaced("a", 2, "b"),
                    () -> cycle.replaced("b", 2, "c"),
                    () -> cycle.replaced("c", 2, "a"),
                    () -> cycle.reads("a", reading("k", 1, "6.8")),
                    () -> cycle.reads("b", reading("l", 2, "6.9")),
                    () -> cycle.reads("c", reading("m", 3, "6.1"))));
            Collections.shuffle(steps, random);
            run(cycle, steps, random);

            assertThat(List.of("a", "b", "c"))
                    .as("one of them is no duplicate")
                    .anyMatch(each -> cycle.state(key(each)).replacedBy() == null);
            assertThat(List.of("a", "b", "c"))
                    .flatExtracting(each -> cycle.state(key(each)).histories())
                    .flatExtracting(AnalyteHistory::readings)
                    .extracting(reading -> reading.identity().text())
                    .containsExactlyInAnyOrder("k", "l", "m");
        }
    }

    /**
     * In every order of input and of what waits in the partitions, the open alerts are those of one patient with all, or
     * more severe if one was open at a merge, which ends and lowers nothing.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theOrderDoesNotMatter(long seed) {
        Random random = new Random(seed);
        int open = 0;
        int held = 0;
        for (int round = 0; round < 2_000; round++) {
            MergedPatients merged = new MergedPatients();
            List<Version> all = new ArrayList<>();
            List<Runnable> steps = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                String patient = List.of("a", "b", "c").get(random.nextInt(3));
                for (Version version : versions(i, random)) {
                    all.add(version);
                    steps.add(() -> merged.reads(patient, version));
                }
            }
            steps.add(() -> merged.replaced("a", 2, "b"));
            steps.add(() -> merged.replaced("b", 2, "c"));
            if (random.nextBoolean()) {
                steps.add(() -> merged.replaced("a", 2, "b"));
            }
            Collections.shuffle(steps, random);
            run(merged, steps, random);

            List<NaiveAlerts.Open> expected = NaiveAlerts.of(all);
            // What was on its way may come after a later input of the other patient, and reopen the alert.
            boolean reopened = merged.wasHeld()
                    || merged.trace().stream().anyMatch(each -> each.contains("REOPENED") || each.contains("RECURRED"));
            open += expected.size();
            if (merged.isHeld()
                    && !merged.open("c").equals(expected)
                    && NaiveAlerts.areCovered(expected, merged.open("c"))) {
                held++;
                continue;
            }
            assertThat(merged.open("c"))
                    .as("%s after %s", all, merged.trace())
                    .extracting(reopened ? NaiveAlerts.Open::now : NaiveAlerts.Open::toString)
                    .isEqualTo(expected.stream()
                            .map(reopened ? NaiveAlerts.Open::now : NaiveAlerts.Open::toString)
                            .toList());
            assertThat(merged.open("a")).isEmpty();
            assertThat(merged.open("b")).isEmpty();
        }
        assertThat(open).as("the histories hold alerts").isGreaterThan(500);
        assertThat(held).as("most are exact").isLessThan(500);
    }

    private static List<Version> versions(int number, Random random) {
        List<Version> versions = new ArrayList<>();
        for (int i = 1; i <= 1 + random.nextInt(2); i++) {
            @Nullable
            String value = i == 2 && random.nextInt(3) == 0 ? null : VALUES.get(random.nextInt(VALUES.size()));
            versions.add(new Version(
                    "k" + number,
                    i,
                    Cases.NOON.plusSeconds(number * 600L - 36_000),
                    value == null ? null : new BigDecimal(value)));
        }
        return versions;
    }

    private static void run(MergedPatients patients, List<Runnable> steps, Random random) {
        for (Runnable step : steps) {
            step.run();
            List<PatientKey> waiting = patients.waiting();
            while (!waiting.isEmpty() && random.nextBoolean()) {
                patients.receive(waiting.get(random.nextInt(waiting.size())));
                waiting = patients.waiting();
            }
        }
        patients.receiveAll();
    }
}
