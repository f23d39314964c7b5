package io.clinicalstreams.demo.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collection;
import java.util.List;

/**
 * One topology over all measured rounds.
 *
 * @param threads the topology's number of threads, which together produce its rate
 * @param cpuMicrosPerRecord CPU time of this process, brokers excluded
 */
record Figures(@JsonIgnore Contender contender, int threads, Spread recordsPerSecond, Spread cpuMicrosPerRecord) {

    /** Median, minimum and maximum of several measurements. */
    record Spread(double median, double min, double max) {

        /** @param values at least one */
        static Spread of(Collection<Double> values) {
            double[] sorted =
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }
    }

    static Figures of(Contender contender, List<RunTiming> measurements) {
        List<RunTiming> own = measurements.stream()
                .filter(measurement -> measurement.contender() == contender)
                .toList();
        return new Figures(
                contender,
                own.stream().mapToInt(RunTiming::threads).max().orElseThrow(),
                Spread.of(own.stream().map(RunTiming::recordsPerSecond).toList()),
                Spread.of(own.stream().map(RunTiming::cpuMicrosPerRecord).toList()));
    }
}
