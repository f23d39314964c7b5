package io.clinicalstreams.demo.bench;

import static io.clinicalstreams.demo.bench.BenchTarget.Bound.AT_LEAST;
import static io.clinicalstreams.demo.bench.BenchTarget.Bound.AT_MOST;
import static io.clinicalstreams.demo.bench.BenchTarget.Bound.NONE;

import io.clinicalstreams.demo.bench.BenchTarget.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The ratios of the contenders that ran, with their targets.
 *
 * @param figures one of each contender
 */
record ThroughputTargets(List<Figures> figures) {

    private static final double RECORDING_AT_LEAST = 0.75;
    private static final double FULL_AT_LEAST = 0.8;
    private static final double ALERTING_AT_LEAST = 1.0;
    private static final double NAIVE_AT_LEAST = 4;
    private static final double KAFKA_CLIENTS_AT_MOST = 1.5;
    private static final double FLINK_CPU_AT_LEAST = 2;

    List<BenchTarget> all() {
        List<BenchTarget> all = new ArrayList<>();
        rate(all, Contender.RECORDING, Contender.PASS_THROUGH, AT_LEAST, RECORDING_AT_LEAST);
        rate(all, Contender.RECORDING_FULL, Contender.RECORDING, AT_LEAST, FULL_AT_LEAST);
        rate(all, Contender.ALERTING, Contender.STATEFUL_PASS_THROUGH, AT_LEAST, ALERTING_AT_LEAST);
        rate(all, OtherSystem.KAFKA_CLIENTS.contender(), Contender.RECORDING, AT_MOST, KAFKA_CLIENTS_AT_MOST);
        rate(all, Contender.RECORDING, OtherSystem.NAIVE.contender(), AT_LEAST, NAIVE_AT_LEAST);
        cpu(all, OtherSystem.FLINK.contender(), Contender.RECORDING, AT_LEAST, FLINK_CPU_AT_LEAST);
        cpu(all, OtherSystem.FLINK.contender(), Contender.ALERTING, AT_LEAST, FLINK_CPU_AT_LEAST);
        cpu(all, OtherSystem.THREAD_POOL.contender(), Contender.RECORDING, NONE, 0);
        for (Figures row : figures) {
            Contender other = row.contender();
            if (other.isVariantOf(Contender.RECORDING)) {
                rate(all, other, Contender.RECORDING, NONE, 0);
                cpu(all, other, Contender.RECORDING, NONE, 0);
            }
        }
        return all;
    }

    private void rate(List<BenchTarget> all, Contender one, Contender other, Bound bound, double limit) {
        ratio(one, other, "", RunTiming::recordsPerSecond, bound, limit).ifPresent(all::add);
    }

    private void cpu(List<BenchTarget> all, Contender one, Contender other, Bound bound, double limit) {
        ratio(one, other, ", CPU", RunTiming::cpuMicrosPerRecord, bound, limit).ifPresent(all::add);
    }

    private Optional<BenchTarget> ratio(
            Contender one,
            Contender other,
            String what,
            ToDoubleFunction<RunTiming> figure,
            Bound bound,
            double limit) {
        return find(one).flatMap(numerator -> find(other)
                .map(denominator -> BenchTarget.of(
                        one.title() + " / " + other.title() + what,
                        numerator.each(figure),
                        denominator.each(figure),
                        bound,
                        limit)));
    }

    private Optional<Figures> find(Contender contender) {
        return figures.stream().filter(row -> row.contender().equals(contender)).findFirst();
    }
}
