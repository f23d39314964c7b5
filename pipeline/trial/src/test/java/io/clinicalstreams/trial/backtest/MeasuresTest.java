package io.clinicalstreams.trial.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeasuresTest {

    private static final Instant ZERO = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HORIZON = Duration.ofDays(2);

    /** Foreseen by 10 h, foreseen by 20 h, paged too early, paged too late; then a false alarm and a quiet stay. */
    private final List<Stay> stays = List.of(
            stay(50, page("lactate", 40), page("lactate", 45)),
            stay(60, page("sodium", 40)),
            stay(90, page("sodium", 10)),
            stay(20, page("lactate", 30)),
            stay(null, page("sodium", 5), event("sodium", 6, "suppressed"), event("sodium", 7, "resolved")),
            stay(null));

    private final Measures measures = Measures.of(stays, HORIZON);

    @Test
    void countsPagesByPatientDays() {
        assertThat(measures.stays()).isEqualTo(6);
        assertThat(measures.onsets()).isEqualTo(4);
        assertThat(measures.patientDays()).isEqualTo(12);
        assertThat(measures.patientsAlerted()).isEqualTo(5);
        assertThat(value(measures.pagesPer100Days())).isEqualTo(50);
        assertThat(value(measures.alertsPer100Days())).isEqualTo(50);
    }

    @Test
    void countsByRuleAndSeverity() {
        assertThat(measures.byRule())
                .containsExactly(
                        new Measures.RuleCounts("lactate", "high", 3, 3, 0),
                        new Measures.RuleCounts("sodium", "high", 3, 3, 1));
    }

    @Test
    void aPageForeseesAnOnsetOnlyBeforeItAndWithinTheHorizon() {
        assertThat(value(measures.sensitivity())).isEqualTo(50);
        assertThat(value(measures.ppvOfStays())).isEqualTo(50);
        assertThat(value(measures.ppvOfPages())).isEqualTo(60);
        assertThat(value(measures.leadHours())).isEqualTo(15);
    }

    @Test
    void intervalsContainTheirFigureAndAreTheSameEachTime() {
        assertThat(Stream.of(measures.sensitivity(), measures.pagesPer100Days(), measures.leadHours()))
                .allSatisfy(estimate -> {
                    assertThat(Objects.requireNonNull(estimate).low()).isLessThan(estimate.value());
                    assertThat(estimate.high()).isGreaterThan(estimate.value());
                });
        assertThat(Measures.of(stays, HORIZON)).isEqualTo(measures);
    }

    @Test
    void withoutAnOnsetThereIsNoSensitivity() {
        Measures none = Measures.of(stays.subList(4, 6), HORIZON);

        assertThat(none.sensitivity()).isNull();
        assertThat(value(none.ppvOfStays())).isZero();
        assertThat(YieldCurve.of(stays.subList(4, 6), HORIZON)).isEmpty();
    }

    @Test
    void theCurveTakesTheRuleFirstThatForeseesTheMostForItsPages() {
        List<YieldCurve.Point> points = YieldCurve.of(stays, HORIZON);

        assertThat(points).extracting(YieldCurve.Point::rule).containsExactly("lactate", "sodium");
        assertThat(points).extracting(YieldCurve.Point::sensitivity).containsExactly(25.0, 50.0);
        assertThat(points).extracting(YieldCurve.Point::pagesPer100Days).containsExactly(25.0, 50.0);
    }

    private static double value(@Nullable Estimate estimate) {
        return Objects.requireNonNull(estimate).value();
    }

    /** Of two days. */
    private static Stay stay(@Nullable Integer onset, AlertEvent... events) {
        return Stay.of(2, onset == null ? null : ZERO.plus(Duration.ofHours(onset)), Arrays.asList(events));
    }

    private static AlertEvent page(String rule, int hour) {
        return event(rule, hour, "raised");
    }

    private static AlertEvent event(String rule, int hour, String transition) {
        return new AlertEvent("Patient/1", rule + hour, rule, "high", transition, ZERO.plus(Duration.ofHours(hour)));
    }
}
