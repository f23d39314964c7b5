package io.clinicalstreams.trial.backtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A figure with its 95 % interval: percentile bootstrap over stays, so that what depends on one patient is resampled
 * together. The seed is fixed, so the same input gives the same interval.
 */
record Estimate(double value, double low, double high) {

    static final int RESAMPLES = 2_000;
    private static final long SEED = 20_261_127;
    private static final double TAIL = 0.025;

    /**
     * @param figure NaN if there is nothing to compute it from
     * @return null if there is nothing to compute it from
     */
    static @Nullable Estimate of(List<Stay> stays, ToDoubleFunction<List<Stay>> figure) {
        double value = figure.applyAsDouble(stays);
        if (Double.isNaN(value)) {
            return null;
        }
        Random random = new Random(SEED);
        List<Stay> sample = new ArrayList<>(stays);
        double[] figures = new double[RESAMPLES];
        int defined = 0;
        for (int i = 0; i < RESAMPLES; i++) {
            sample.replaceAll(any -> stays.get(random.nextInt(stays.size())));
            double resampled = figure.applyAsDouble(sample);
            if (!Double.isNaN(resampled)) {
                figures[defined++] = resampled;
            }
        }
        double[] sorted = Arrays.copyOf(figures, defined);
        Arrays.sort(sorted);
        return new Estimate(value, quantile(sorted, TAIL, value), quantile(sorted, 1 - TAIL, value));
    }

    private static double quantile(double[] sorted, double share, double otherwise) {
        return sorted.length == 0 ? otherwise : sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    /** {@code 61.5 (53.8-69.2)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f (%.1f-%.1f)", value, low, high);
    }
}
