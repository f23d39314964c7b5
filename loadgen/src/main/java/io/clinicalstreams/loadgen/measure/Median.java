package io.clinicalstreams.loadgen.measure;

import java.util.Collection;

/** The middle of several measurements: what one that is far off does not move. */
public final class Median {

    private Median() {}

    /** @param figures at least one; of an even number, the mean of the two in the middle */
    public static double of(Collection<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
