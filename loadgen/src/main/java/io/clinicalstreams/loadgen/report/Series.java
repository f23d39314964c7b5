package io.clinicalstreams.loadgen.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One line of a chart.
 *
 * @param color its number in the palette
 * @param dashed so that two lines of one color can be told apart
 * @param points by x; a y that is not a number interrupts the line
 */
record Series(String name, int color, boolean dashed, List<Point> points) {

    /** How many the palette has. */
    static final int COLORS = 8;

    record Point(double x, double y) {}

    DoubleStream ys() {
        return points.stream().mapToDouble(Point::y);
    }

    DoubleStream xs() {
        return points.stream().mapToDouble(Point::x);
    }

    boolean hasFigures() {
        return ys().anyMatch(Double::isFinite);
    }

    /** With at most so many points. Each stands for several and has the largest of them, so that no peak is lost. */
    Series thinned(int most) {
        int each = (points.size() + most - 1) / Math.max(1, most);
        if (each <= 1) {
            return this;
        }
        List<Point> fewer = new ArrayList<>();
        for (int from = 0; from < points.size(); from += each) {
            List<Point> several = points.subList(from, Math.min(points.size(), from + each));
            double largest = several.stream()
                    .mapToDouble(Point::y)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(Double.NaN);
            fewer.add(new Point(several.get(several.size() / 2).x(), largest));
        }
        return new Series(name, color, dashed, fewer);
    }
}
