package io.clinicalstreams.experiment.statistics;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The ratio of a figure at a level to the same figure at the baseline: geometric mean and 95 % interval over all
 * passes. Each pass gives one ratio, so a machine that is slower in some passes than in others does not count as spread.
 *
 * <p>The interval is Student's, of the logarithms. It excludes 1 exactly when the 95 % intervals of the two levels are
 * disjoint, each level's figures taken in units of their pass's geometric mean: the two intervals are then those of half
 * the logarithm, with opposite signs.
 *
 * @param mean 1 for no difference
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record PairedRatio(double mean, double low, double high) {

    private static final double CONFIDENCE = 0.95;

    /**
     * Compares two levels.
     *
     * @param baseline the baseline's figure in each pass, above 0
     * @param level the level's figure in the same passes; at least two
     */
    public static PairedRatio of(List<Double> baseline, List<Double> level) {
        int passes = baseline.size();
        if (passes < 2 || level.size() != passes) {
            throw new IllegalArgumentException("needs the same passes of both levels, at least two");
        }
        double[] logarithms = IntStream.range(0, passes)
                .mapToDouble(pass -> logarithm(level.get(pass)) - logarithm(baseline.get(pass)))
                .toArray();
        double mean = IntStream.range(0, passes)
                .mapToDouble(pass -> logarithms[pass])
                .average()
                .orElseThrow();
        double squares = IntStream.range(0, passes)
                .mapToDouble(pass -> Math.pow(logarithms[pass] - mean, 2))
                .sum();
        double standardError = Math.sqrt(squares / (passes - 1) / passes);
        double reach = standardError * TDistribution.of(passes - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        return new PairedRatio(Math.exp(mean), Math.exp(mean - reach), Math.exp(mean + reach));
    }

    /**
     * The finding: a difference is clear if the interval excludes 1 and the mean reaches the least effect.
     *
     * @param higherIsBetter whether a larger figure is a better one
     * @param leastEffect smallest difference that matters, in per cent of the smaller of the two figures
     */
    public LevelFinding finding(boolean higherIsBetter, double leastEffect) {
        boolean isClear = low > 1 || high < 1;
        if (!isClear || Math.abs(Math.log(mean)) < Math.log(1 + leastEffect / 100)) {
            return LevelFinding.NO_CLEAR_DIFFERENCE;
        }
        return mean > 1 == higherIsBetter ? LevelFinding.BETTER : LevelFinding.WORSE;
    }

    /**
     * The largest difference that may be hidden in the spread, in per cent; 0 if it is below the least effect, which is
     * too small to matter.
     */
    public double hidden(double leastEffect) {
        double largest = (Math.exp(Math.max(Math.abs(Math.log(low)), Math.abs(Math.log(high)))) - 1) * 100;
        return largest < leastEffect ? 0 : largest;
    }

    /** A ratio as a change in per cent: 1.05 is 5. */
    public static double percent(double ratio) {
        return (ratio - 1) * 100;
    }

    private static double logarithm(double figure) {
        if (!(figure > 0)) {
            throw new IllegalArgumentException("a figure must be above 0, was " + figure);
        }
        return Math.log(figure);
    }
}
