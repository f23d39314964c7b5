package io.clinicalstreams.experiment.statistics;

import io.clinicalstreams.loadgen.measure.Median;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far the machine moved during a run: the rulers did the same work in each pass. A single ruler that is off is noise, and
 * noise widens the intervals of the levels. So each is taken as the median of itself and the two beside it.
 *
 * @param percent the largest distance of these from the median of all, of the smaller of the two; NaN if it is unknown
 */
public record RulerDrift(double percent) {

    private static final int BESIDE = 3;

    /** Beyond this the machine was too noisy for a verdict. */
    public static final double MOST_PERCENT = 5;

    /** @param rulers the same figure of each pass's ruler, at least one; the drift is unknown if one is not above 0 */
    public static RulerDrift of(List<Double> rulers) {
        if (!rulers.stream().allMatch(figure -> figure > 0)) {
            return new RulerDrift(Double.NaN);
        }
        double median = Median.of(rulers);
        double farthest = IntStream.rangeClosed(0, Math.max(0, rulers.size() - BESIDE))
                .mapToDouble(from -> Median.of(rulers.subList(from, Math.min(from + BESIDE, rulers.size()))))
                .map(smooth -> Math.max(median / smooth, smooth / median))
                .reduce(1, Math::max);
        return new RulerDrift(PairedRatio.percent(farthest));
    }

    /** Whether no verdict can be kept. */
    public boolean isTooNoisy() {
        return !(percent <= MOST_PERCENT);
    }
}
