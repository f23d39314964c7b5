package io.clinicalstreams.experiment.statistics;

import java.util.List;

/**
 * How far the rulers of a run are from their median: the same work in each pass, so a difference is the machine's.
 *
 * @param percent the largest distance, of the smaller of the two
 */
public record RulerDrift(double percent) {

    /** Beyond this the machine was too noisy for a verdict. */
    public static final double MOST_PERCENT = 5;

    /** @param rulers the same figure of each pass's ruler, above 0; at least one */
    public static RulerDrift of(List<Double> rulers) {
        double[] sorted =
                rulers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        double farthest = Math.max(median / sorted[0], sorted[sorted.length - 1] / median);
        return new RulerDrift(PairedRatio.percent(farthest));
    }

    /** Whether no verdict can be kept. */
    public boolean isTooNoisy() {
        return !(percent <= MOST_PERCENT);
    }
}
