package io.clinicalstreams.experiment.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The comparison of two levels, on figures whose answer is known. */
final class PairedRatioTest {

    private static final double LEAST = 5;

    /** Student's t for five pairs at 95 % is 2.776: logarithms 0.08, 0.10, 0.12, 0.09, 0.11 have 0.1 and 0.0158. */
    @Test
    void hasStudentsInterval() {
        List<Double> level = List.of(Math.exp(0.08), Math.exp(0.10), Math.exp(0.12), Math.exp(0.09), Math.exp(0.11));

        PairedRatio ratio = PairedRatio.of(List.of(1.0, 1.0, 1.0, 1.0, 1.0), level);

        assertThat(Math.log(ratio.mean())).isCloseTo(0.1, within(1e-9));
        assertThat(Math.log(ratio.low())).isCloseTo(0.1 - 2.776445 * 0.0158114 / Math.sqrt(5), within(1e-6));
        assertThat(Math.log(ratio.high())).isCloseTo(0.1 + 2.776445 * 0.0158114 / Math.sqrt(5), within(1e-6));
    }

    /** Half as fast in one pass than in another: what both levels share is no spread. */
    @Test
    void isNotDisturbedByAMachineThatIsSlowerInSomePasses() {
        List<Double> baseline = List.of(10.0, 20.0, 10.5, 15.0, 11.0);
        List<Double> level = baseline.stream().map(figure -> figure * 1.1).toList();

        PairedRatio ratio = PairedRatio.of(baseline, level);

        assertThat(ratio.low()).isCloseTo(1.1, within(1e-9));
        assertThat(ratio.finding(false, LEAST)).isEqualTo(LevelFinding.WORSE);
        assertThat(ratio.finding(true, LEAST)).isEqualTo(LevelFinding.BETTER);
    }

    @Test
    void changesItsMindWhenTheLevelsChangePlaces() {
        List<Double> one = List.of(10.0, 10.2, 9.9, 10.1, 10.0);
        List<Double> other = List.of(11.0, 11.3, 11.0, 11.0, 11.2);

        assertThat(PairedRatio.of(one, other).finding(false, LEAST)).isEqualTo(LevelFinding.WORSE);
        assertThat(PairedRatio.of(other, one).finding(false, LEAST)).isEqualTo(LevelFinding.BETTER);
        assertThat(PairedRatio.of(other, one).mean())
                .isCloseTo(1 / PairedRatio.of(one, other).mean(), within(1e-9));
    }

    @Test
    void saysNothingOfADifferenceThatIsTooSmallToMatter() {
        PairedRatio ratio = PairedRatio.of(List.of(10.0, 10.0, 10.0), List.of(10.3, 10.3, 10.3));

        assertThat(ratio.finding(false, LEAST)).isEqualTo(LevelFinding.NO_CLEAR_DIFFERENCE);
        assertThat(ratio.finding(false, 2)).isEqualTo(LevelFinding.WORSE);
        assertThat(ratio.hidden(LEAST)).isZero();
    }

    /** On the average it is 21 % more, but it may be less: the interval says so. */
    @Test
    void saysNothingOfADifferenceThatTheSpreadHides() {
        PairedRatio ratio = PairedRatio.of(List.of(10.0, 10.0, 10.0, 10.0, 10.0), List.of(7.0, 18.0, 9.0, 20.0, 11.0));

        assertThat(ratio.mean()).isGreaterThan(1.15);
        assertThat(ratio.finding(false, LEAST)).isEqualTo(LevelFinding.NO_CLEAR_DIFFERENCE);
        assertThat(ratio.hidden(LEAST)).isGreaterThan(50);
    }

    /** The definition by disjoint intervals of both levels, each figure in units of its pass's geometric mean. */
    @Test
    void isClearExactlyWhenTheLevelsOwnIntervalsAreDisjoint() {
        for (int i = 0; i < 200; i++) {
            List<Double> baseline = noisy(i, 1);
            List<Double> level = noisy(1_000 + i, 1 + i / 2_000.0);
            List<Double> ones = List.of(1.0, 1.0, 1.0, 1.0, 1.0);
            PairedRatio ofBaseline = PairedRatio.of(ones, inUnitsOfTheirMean(baseline, level));
            PairedRatio ofLevel = PairedRatio.of(ones, inUnitsOfTheirMean(level, baseline));
            boolean isDisjoint = ofBaseline.high() < ofLevel.low() || ofLevel.high() < ofBaseline.low();

            LevelFinding finding = PairedRatio.of(baseline, level).finding(false, 0);

            assertThat(finding != LevelFinding.NO_CLEAR_DIFFERENCE).isEqualTo(isDisjoint);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void refusesAFigureThatIsNone(double figure) {
        assertThatThrownBy(() -> PairedRatio.of(List.of(1.0, 1.0), List.of(1.0, figure)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesOnePass() {
        assertThatThrownBy(() -> PairedRatio.of(List.of(1.0), List.of(1.0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Double> noisy(long seed, double factor) {
        return new Random(seed)
                .doubles(5, 0.95, 1.05)
                .map(noise -> noise * factor)
                .boxed()
                .toList();
    }

    private static List<Double> inUnitsOfTheirMean(List<Double> figures, List<Double> others) {
        return IntStream.range(0, figures.size())
                .mapToObj(pass -> figures.get(pass) / Math.sqrt(figures.get(pass) * others.get(pass)))
                .toList();
    }
}
