package io.clinicalstreams.loadgen.capacity;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the attempts say: the capacity is between a rate that held each time and a rate that failed each time.
 *
 * @param attempts in their order
 */
public record Capacity(List<Attempt> attempts) {

    public Capacity {
        attempts = List.copyOf(attempts);
    }

    /** A rate that held each time, below all that failed: of those tried most often the highest; empty if there is none. */
    public OptionalDouble holds() {
        double lowestFailed = lowestFailed();
        return sure(rate -> rate < lowestFailed, true, Comparator.naturalOrder());
    }

    /** A rate that failed each time, above {@link #holds}: of those tried most often the lowest; empty if there is none. */
    public OptionalDouble fails() {
        double holds = holds().orElse(0);
        return sure(rate -> rate > holds && count(rate, true) == 0, false, Comparator.reverseOrder());
    }

    private OptionalDouble sure(Predicate<Double> which, boolean held, Comparator<Double> order) {
        return attempts.stream()
                .map(Attempt::rate)
                .filter(which)
                .max(Comparator.comparingLong((Double rate) -> count(rate, held))
                        .thenComparing(order))
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    /** How often a rate held, or failed. */
    public long count(double rate, boolean held) {
        return at(rate).filter(attempt -> attempt.held() == held).count();
    }

    /** Why a rate failed, each reason of its last failure. */
    public List<String> failures(double rate) {
        return at(rate).filter(attempt -> !attempt.held())
                .reduce((before, last) -> last)
                .map(Attempt::failures)
                .orElse(List.of());
    }

    /** The lowest rate that failed at least once. */
    double lowestFailed() {
        return attempts.stream()
                .filter(attempt -> !attempt.held())
                .mapToDouble(Attempt::rate)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private Stream<Attempt> at(double rate) {
        return attempts.stream().filter(attempt -> attempt.rate() == rate);
    }
}
