package io.clinicalstreams.pipeline.domain.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {

    @ParameterizedTest
    @CsvSource({
        "6.5, >=6.5, MET",
        "6.50, >=6.5, MET",
        "6.49, >=6.5, NOT_MET",
        "6.5, >6.5, NOT_MET",
        "6.51, >6.5, MET",
        "2.5, <=2.5, MET",
        "2.51, <=2.5, NOT_MET",
        "2.5, <2.5, NOT_MET",
        "-3, <0, MET",
        ">600, >=450, MET",
        ">450, >=450, MET",
        ">450, >450, MET",
        ">449, >=450, UNDECIDED",
        ">=450, >450, UNDECIDED",
        ">=450, >=450, MET",
        "<450, >=450, NOT_MET",
        "<=450, >=450, UNDECIDED",
        "<=450, >450, NOT_MET",
        "<0.5, <0.5, MET",
        "<=0.5, <0.5, UNDECIDED",
        "<=0.5, <=0.5, MET",
        "<0.6, <0.5, UNDECIDED",
        ">0.5, <=0.5, NOT_MET",
        ">=0.5, <=0.5, UNDECIDED",
        ">=0.5, <0.5, NOT_MET",
        "1E+245, >=6.5, MET",
        "1E+245, <=2.5, NOT_MET",
        "1E-245, <=2.5, MET",
        "-1E+245, <=2.5, MET",
        "6.499999999999999999999999999999999, >=6.5, NOT_MET"
    })
    void decidesOnlyWhatEveryPossibleValueAgreesOn(String value, String threshold, Decision decision) {
        assertThat(interval(value).decide(Threshold.parse(threshold))).isEqualTo(decision);
    }

    @Test
    void agreesWithAskingManyNumbersOneByOne() {
        List<BigDecimal> numbers = List.of(
                new BigDecimal("-9"),
                new BigDecimal("0"),
                new BigDecimal("1"),
                new BigDecimal("1.5"),
                new BigDecimal("2"),
                new BigDecimal("2.5"),
                new BigDecimal("3"),
                new BigDecimal("99"));
        for (String comparator : List.of("<", "<=", ">=", ">")) {
            for (Comparison comparison : Comparison.values()) {
                for (String limit : List.of("1", "2", "3")) {
                    Threshold threshold = new Threshold(comparison, new BigDecimal(limit));
                    List<Boolean> answers = numbers.stream()
                            .filter(number -> possible(number, comparator))
                            .map(number -> holds(number, comparison, threshold.limit()))
                            .distinct()
                            .toList();
                    Decision expected =
                            answers.size() > 1 ? Decision.UNDECIDED : answers.get(0) ? Decision.MET : Decision.NOT_MET;
                    assertThat(Interval.of(comparator, new BigDecimal("2")).decide(threshold))
                            .as("%s2 and %s", comparator, threshold)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void decidesNothingByAComparatorItDoesNotKnow() {
        assertThat(Interval.of("ad", BigDecimal.TEN).decide(Threshold.parse(">=6.5")))
                .isEqualTo(Decision.UNDECIDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "6.5", "=6.5", ">", "><6", ">=x", "=<6"})
    void refusesInvalidThresholds(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Threshold.parse(text));
    }

    private static Interval interval(String text) {
        int digits = 0;
        while ("<>=".indexOf(text.charAt(digits)) >= 0) {
            digits++;
        }
        @Nullable String comparator = digits == 0 ? null : text.substring(0, digits);
        return Interval.of(comparator, new BigDecimal(text.substring(digits)));
    }

    private static boolean possible(BigDecimal number, String comparator) {
        int order = number.compareTo(new BigDecimal("2"));
        return switch (comparator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">=" -> order >= 0;
            default -> order > 0;
        };
    }

    private static boolean holds(BigDecimal number, Comparison comparison, BigDecimal limit) {
        return switch (comparison) {
            case LT -> number.compareTo(limit) < 0;
            case LE -> number.compareTo(limit) <= 0;
            case GE -> number.compareTo(limit) >= 0;
            case GT -> number.compareTo(limit) > 0;
        };
    }
}
