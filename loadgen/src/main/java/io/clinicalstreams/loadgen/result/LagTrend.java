package io.clinicalstreams.loadgen.result;

import java.util.List;

/**
 * A group's lag while a run was measured.
 *
 * @param last records at the end
 * @param most records
 * @param growthPerSecond records per second, the slope of a straight line through all samples; below 0 if it falls
 */
public record LagTrend(long last, long most, double growthPerSecond) {

    /** One sample. */
    public record Point(double second, long records) {}

    /** @param points at least one, by second */
    public static LagTrend of(List<Point> points) {
        long most = points.stream().mapToLong(Point::records).max().orElse(0);
        return new LagTrend(points.get(points.size() - 1).records(), most, FigureText.rounded(slope(points)));
    }

    String text() {
        return FigureText.text("%,d records at the end, at most %,d, %+,.1f records/s", last, most, growthPerSecond);
    }

    /** Least squares. */
    private static double slope(List<Point> points) {
        double meanSecond = points.stream().mapToDouble(Point::second).average().orElse(0);
        double meanRecords =
                points.stream().mapToDouble(Point::records).average().orElse(0);
        double covariance = points.stream()
                .mapToDouble(point -> (point.second() - meanSecond) * (point.records() - meanRecords))
                .sum();
        double variance = points.stream()
                .mapToDouble(point -> Math.pow(point.second() - meanSecond, 2))
                .sum();
        return variance == 0 ? 0 : covariance / variance;
    }
}
