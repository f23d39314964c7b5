package io.clinicalstreams.demo.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A ratio within one run and its target.
 *
 * @param name numerator and denominator
 * @param limit lower or upper limit, by bound
 */
record BenchTarget(String name, double ratio, Bound bound, double limit) {

    enum Bound {
        AT_LEAST(">="),
        AT_MOST("<=");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    /** False when nothing was measured and the ratio is not a number. */
    boolean isReached() {
        return switch (bound) {
            case AT_LEAST -> ratio >= limit;
            case AT_MOST -> ratio <= limit;
        };
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-40s %5.2f  target %s %.1f  %s",
                name,
                ratio,
                bound.sign,
                limit,
                isReached() ? "reached" : "not reached");
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (Double.isFinite(ratio)) {
            json.put("ratio", ratio);
        }
        json.put("target", limit);
        json.put("reached", isReached());
        return json;
    }
}
