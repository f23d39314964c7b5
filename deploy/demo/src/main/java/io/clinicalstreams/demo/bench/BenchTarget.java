package io.clinicalstreams.demo.bench;

import io.clinicalstreams.experiment.statistics.PairedRatio;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A ratio within one run and its target.
 *
 * @param name numerator and denominator
 * @param ratio with its 95 % interval over the rounds, which is not a number if there is one round only
 * @param limit lower or upper limit, by bound
 */
record BenchTarget(String name, PairedRatio ratio, Bound bound, double limit) {

    enum Bound {
        AT_LEAST(">="),
        AT_MOST("<="),
        /** A comparison without a target. */
        NONE("");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    /** A ratio without an interval. */
    BenchTarget(String name, double ratio, Bound bound, double limit) {
        this(name, new PairedRatio(ratio, Double.NaN, Double.NaN), bound, limit);
    }

    /**
     * The ratio of a figure of two contenders.
     *
     * @param numerator the figure in each round
     * @param denominator the other's figure in the same rounds
     */
    static BenchTarget of(String name, List<Double> numerator, List<Double> denominator, Bound bound, double limit) {
        return numerator.size() == 1
                ? new BenchTarget(name, numerator.get(0) / denominator.get(0), bound, limit)
                : new BenchTarget(name, PairedRatio.of(denominator, numerator), bound, limit);
    }

    /** False when nothing was measured and the ratio is not a number. */
    boolean isReached() {
        return switch (bound) {
            case AT_LEAST -> ratio.mean() >= limit;
            case AT_MOST -> ratio.mean() <= limit;
            case NONE -> true;
        };
    }

    String line() {
        String interval = Double.isFinite(ratio.low())
                ? String.format(Locale.ROOT, "(%.2f to %.2f)", ratio.low(), ratio.high())
                : "";
        String target = bound == Bound.NONE
                ? ""
                : String.format(
                        Locale.ROOT, "target %s %.2f  %s", bound.sign, limit, isReached() ? "reached" : "not reached");
        return String.format(Locale.ROOT, "%-52s %5.2f  %-16s  %s", name, ratio.mean(), interval, target)
                .stripTrailing();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (Double.isFinite(ratio.mean())) {
            json.put("ratio", ratio.mean());
        }
        if (Double.isFinite(ratio.low())) {
            json.put("low", ratio.low());
            json.put("high", ratio.high());
        }
        if (bound != Bound.NONE) {
            json.put("target", limit);
            json.put("reached", isReached());
        }
        return json;
    }
}
