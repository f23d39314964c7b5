package io.clinicalstreams.demo.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.clinicalstreams.loadgen.measure.Median;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One contender over all measured rounds.
 *
 * @param threads the contender's number of threads, which together produce its rate
 * @param cpuMicrosPerRecord CPU time of its process, brokers excluded
 * @param rounds the run of each round
 */
record Figures(
        @JsonIgnore Contender contender,
        int threads,
        Spread recordsPerSecond,
        Spread cpuMicrosPerRecord,
        @JsonIgnore List<RunTiming> rounds) {

    /** Median, minimum and maximum of several measurements. */
    record Spread(double median, double min, double max) {

        /** @param values at least one */
        static Spread of(Collection<Double> values) {
            return new Spread(Median.of(values), Collections.min(values), Collections.max(values));
        }
    }

    static Figures of(Contender contender, List<RunTiming> measurements) {
        List<RunTiming> own = measurements.stream()
                .filter(measurement -> measurement.contender().equals(contender))
                .toList();
        return new Figures(
                contender,
                own.stream().mapToInt(RunTiming::threads).max().orElseThrow(),
                Spread.of(own.stream().map(RunTiming::recordsPerSecond).toList()),
                Spread.of(own.stream().map(RunTiming::cpuMicrosPerRecord).toList()),
                own);
    }

    /** A figure in each round. */
    List<Double> each(ToDoubleFunction<RunTiming> figure) {
        return rounds.stream().map(figure::applyAsDouble).toList();
    }
}
