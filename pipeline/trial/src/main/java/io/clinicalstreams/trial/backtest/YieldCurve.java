package io.clinicalstreams.trial.backtest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Alerts against sensitivity: the rule set one rule after the other, each time the rule that foresees the most further
 * onsets for each further page. The first points are the rules worth the most; a flat end is rules that only page.
 */
final class YieldCurve {

    /**
     * @param rule the rule added at this point
     * @param pagesPer100Days of all rules so far
     * @param sensitivity of all rules so far, in percent
     */
    record Point(String rule, double pagesPer100Days, double sensitivity) {

        private double gain(Point before) {
            return (sensitivity - before.sensitivity) / (pagesPer100Days - before.pagesPer100Days);
        }
    }

    private YieldCurve() {}

    /** No points if no stay has an onset. */
    static List<Point> of(List<Stay> stays, Duration horizon) {
        Set<String> left = new TreeSet<>();
        if (stays.stream().anyMatch(Stay::hasOnset)) {
            stays.forEach(stay -> stay.pages().forEach(page -> left.add(page.rule())));
        }
        List<Point> points = new ArrayList<>();
        Set<String> taken = new TreeSet<>();
        while (!left.isEmpty()) {
            Point before = points.isEmpty() ? new Point("", 0, 0) : points.get(points.size() - 1);
            Point best = left.stream()
                    .map(rule -> point(rule, taken, stays, horizon))
                    .max(Comparator.comparingDouble(point -> point.gain(before)))
                    .orElseThrow();
            points.add(best);
            taken.add(best.rule);
            left.remove(best.rule);
        }
        return points;
    }

    private static Point point(String rule, Set<String> taken, List<Stay> stays, Duration horizon) {
        List<Stay> some = stays.stream()
                .map(stay -> stay.only(page -> page.rule().equals(rule) || taken.contains(page.rule())))
                .toList();
        return new Point(rule, Measures.pagesPer100Days(some), Measures.sensitivity(some, horizon));
    }
}
