package io.clinicalstreams.pipeline.domain;

import static io.clinicalstreams.pipeline.domain.Cases.potassium;
import static io.clinicalstreams.pipeline.domain.EvaluatedPatient.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that alternates around a limit pages once in a cool-down, which is an hour here. */
class FlappingTest {

    private static final Duration COOL_DOWN = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Set<Transition> PAGES =
            Set.of(Transition.RAISED, Transition.REOPENED, Transition.REPEATED, Transition.ESCALATED);

    private final EvaluatedPatient patient = EvaluatedPatient.watching(Cases.potassiumHigh());

    private record Page(Severity severity, Instant at) {}

    @Test
    void aValueAroundTheLimitPagesOnceAndIsOtherwiseAnUpdate() {
        assertThat(reads("6.1", "5.9", "6.1", "5.9", "6.1"))
                .containsExactly(
                        "RAISED MODERATE 1",
                        "RESOLVED MODERATE 2",
                        "RECURRED MODERATE 3",
                        "RESOLVED MODERATE 4",
                        "RECURRED MODERATE 5");
        assertThat(patient.episode().isOpen()).as("the alert says what is true").isTrue();
    }

    @Test
    void aValueAroundTheCriticalLimitPagesOnceForEachLevel() {
        assertThat(reads("6.1", "6.6", "6.1", "6.6", "5.9", "6.6"))
                .containsExactly(
                        "RAISED MODERATE 1",
                        "ESCALATED HIGH 2",
                        "LOWERED MODERATE 3",
                        "RECURRED HIGH 4",
                        "RESOLVED HIGH 5",
                        "RECURRED HIGH 6");
        assertThat(patient.episode().escalations()).isEqualTo(1);
    }

    @Test
    void aWorseLevelThanThePagedOneIsPagedAtOnceWhenItReopens() {
        assertThat(reads("6.1", "5.9", "6.6")).endsWith("REOPENED HIGH 3");
    }

    @Test
    void aLowerLevelThanThePagedOneIsNotPagedWithinItsCoolDown() {
        assertThat(reads("6.6", "5.9", "6.1")).endsWith("RECURRED MODERATE 3");
    }

    @Test
    void theFirstReadingAfterTheCoolDownPagesAgain() {
        reads("6.1", "5.9", "6.1");
        assertThat(told(patient.after(COOL_DOWN.minus(MINUTE.multipliedBy(3)).minusMillis(1))
                        .reads(potassium("6.1").id("next0-1"))))
                .containsExactly("suppressed cool-down");
        assertThat(told(patient.after(Duration.ofMillis(1))
                        .reads(potassium("6.1").id("next0-2"))))
                .containsExactly("REPEATED MODERATE 4");
    }

    @Test
    void aReopenedAlertPagesAgainAfterTheCoolDown() {
        reads("6.1", "5.9", "6.1", "5.9");
        assertThat(told(patient.after(COOL_DOWN.minus(MINUTE.multipliedBy(3)))
                        .reads(potassium("6.1").id("next0-3"))))
                .containsExactly("REOPENED MODERATE 5");
    }

    @Test
    void improvementDoesNotPutOffTheNextPage() {
        reads("6.6", "6.1");
        assertThat(told(patient.after(COOL_DOWN.minus(MINUTE))
                        .reads(potassium("6.2").id("next1-1"))))
                .containsExactly("REPEATED MODERATE 3");
        assertThat(told(patient.after(MINUTE).reads(potassium("6.6").id("next2-1"))))
                .containsExactly("ESCALATED HIGH 4");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noSeverityIsPagedTwiceInACoolDown(long seed) {
        Random random = new Random(seed);
        List<Page> pages = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            patient.after(Duration.ofSeconds(random.nextInt(600)));
            String value = List.of("5.8", "5.99", "6.0", "6.4", "6.5", "6.9").get(random.nextInt(6));
            patient.reads(potassium(value).id("k" + i)).alerts().stream()
                    .filter(alert -> PAGES.contains(alert.transition()))
                    .forEach(alert -> pages.add(new Page(alert.severity(), alert.at())));
        }
        for (int i = 1; i < pages.size(); i++) {
            Page before = pages.get(i - 1);
            Page page = pages.get(i);
            boolean worse = page.severity().compareTo(before.severity()) > 0;
            assertThat(worse || !page.at().isBefore(before.at().plus(COOL_DOWN)))
                    .isTrue();
        }
        assertThat(pages).hasSizeGreaterThan(100);
    }

    /** Five minutes are the most that a clock may be ahead. */
    @ParameterizedTest
    @ValueSource(ints = {1, 150, 300})
    void aClearReadingAheadOfTheLogDoesNotSilenceALaterCriticalOne(int secondsAhead) {
        patient.reads(potassium("6.1").id("a").effective(patient.now()));
        patient.after(COOL_DOWN.multipliedBy(2));
        patient.reads(potassium("5.0").id("fast").effective(patient.now().plusSeconds(secondsAhead)));

        Instant afterTheFastOne = patient.now().plusMillis(1);
        patient.after(Duration.ofSeconds(20));

        assertThat(told(patient.reads(potassium("6.9").id("worse").effective(afterTheFastOne))))
                .containsExactly("REOPENED HIGH 3");
    }

    @Test
    void aReadingFromBeforeAnyPossibleTimeOfTheFastOneIsStillLate() {
        patient.reads(potassium("6.1").id("a").effective(patient.now()));
        patient.after(COOL_DOWN.multipliedBy(2));
        patient.reads(potassium("5.0").id("fast").effective(patient.now().plusSeconds(60)));

        Instant before = patient.now().minus(Duration.ofMinutes(4)).minusMillis(1);

        assertThat(told(patient.reads(potassium("6.9").id("old").effective(before))))
                .containsExactly("suppressed out-of-order");
    }

    @Test
    void aReadingAheadOfTheLogDoesNotSilenceAWorseOneInItsEpisode() {
        patient.reads(potassium("6.1").id("fast").effective(patient.now().plusSeconds(300)));
        patient.after(MINUTE);

        assertThat(told(patient.reads(potassium("6.9").id("worse").effective(patient.now()))))
                .containsExactly("ESCALATED HIGH 2");
    }

    /** A reading each minute. */
    private List<String> reads(String... values) {
        List<String> told = new ArrayList<>();
        for (String value : values) {
            told.addAll(told(patient.reads(potassium(value).id("k" + told.size()))));
            patient.after(MINUTE);
        }
        return told;
    }
}
