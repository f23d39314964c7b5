package io.clinicalstreams.loadgen.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rate over time, and so when each record is due, fixed in advance: record {@code i} as soon as the rate's integral
 * over time is {@code i}. Phases follow one another. If the last one ends too, they begin again.
 */
public final class RateCurve {

    private static final double NANOS_PER_SECOND = 1e9;
    /** Beyond the end of any run. */
    private static final double NEVER = Long.MAX_VALUE;

    private final List<Phase> phases;
    private final Duration lead;
    private final double leadRecords;
    private final double cycleRecords;
    private final double cycleSeconds;
    /** Between records, if the rate is steady; else 0. */
    private final double steadyNanos;

    private RateCurve(List<Phase> phases, Duration lead) {
        this.phases = List.copyOf(phases);
        this.lead = lead;
        this.leadRecords = phases.isEmpty() ? 0 : phases.get(0).rate() * seconds(lead);
        this.cycleRecords = phases.stream().mapToDouble(Phase::records).sum();
        this.cycleSeconds = phases.stream().mapToDouble(Phase::seconds).sum();
        boolean isSteady =
                phases.size() == 1 && phases.get(0).rate() == phases.get(0).last();
        this.steadyNanos = isSteady ? NANOS_PER_SECOND / phases.get(0).rate() : 0;
    }

    /**
     * One phase after the other; as fast as possible without a phase.
     *
     * @throws IllegalArgumentException if a phase is never reached, or no record is ever due
     */
    public static RateCurve of(List<Phase> phases) {
        for (int i = 0; i < phases.size() - 1; i++) {
            if (phases.get(i).lasts() == null) {
                throw new IllegalArgumentException(
                        "load." + i + ".for: is missing, and only the last phase may go on without end");
            }
        }
        RateCurve curve = new RateCurve(phases, Duration.ZERO);
        if (curve.isPaced() && curve.cycleRecords == 0) {
            throw new IllegalArgumentException("load: has no record in all its phases");
        }
        return curve;
    }

    /** @param rate records per second, 0 for as fast as possible */
    public static RateCurve steady(double rate) {
        problemWith(rate).ifPresent(problem -> {
            throw new IllegalArgumentException("rate: " + problem);
        });
        return of(rate == 0 ? List.of() : List.of(new Phase(rate, null, null)));
    }

    /** The problem with a steady rate, if any. */
    public static Optional<String> problemWith(double rate) {
        return Phase.problemWith(rate);
    }

    /** The same after a time at the rate with which it begins. */
    public RateCurve after(Duration warmUp) {
        return isSteady() || !isPaced() ? this : new RateCurve(phases, warmUp);
    }

    /** Whether there is any rate; without one, records are sent as fast as possible. */
    public boolean isPaced() {
        return !phases.isEmpty();
    }

    private boolean isSteady() {
        return steadyNanos > 0;
    }

    /** Nanoseconds from the start to record {@code i}; only when paced. */
    public long dueNanos(long i) {
        if (isSteady()) {
            return (long) (i * steadyNanos);
        }
        double seconds = i < leadRecords ? i / phases.get(0).rate() : seconds(lead) + secondsUntil(i - leadRecords);
        return Math.round(Math.min(NEVER, seconds * NANOS_PER_SECOND));
    }

    /** How many records are due before a time, in nanoseconds from the start; only when paced. */
    public long dueBefore(long nanos) {
        double seconds = nanos / NANOS_PER_SECOND;
        double records = seconds <= seconds(lead)
                ? phases.get(0).rate() * seconds
                : leadRecords + recordsBefore(seconds - seconds(lead));
        long due = (long) Math.ceil(records);
        // Rounded to the side that dueNanos is on.
        while (due > 0 && dueNanos(due - 1) >= nanos) {
            due--;
        }
        while (dueNanos(due) < nanos) {
            due++;
        }
        return due;
    }

    private double secondsUntil(double records) {
        double cycles = Double.isInfinite(cycleRecords) ? 0 : Math.floor(records / cycleRecords);
        // Rounding must not take it below 0: in a ramp from 0, that is never.
        double rest = Math.max(0, records - (cycles == 0 ? 0 : cycles * cycleRecords));
        double seconds = cycles == 0 ? 0 : cycles * cycleSeconds;
        for (Phase phase : phases) {
            if (rest < phase.records()) {
                return seconds + phase.secondsUntil(rest);
            }
            rest -= phase.records();
            seconds += phase.seconds();
        }
        return seconds;
    }

    private double recordsBefore(double seconds) {
        double cycles = Double.isInfinite(cycleSeconds) ? 0 : Math.floor(seconds / cycleSeconds);
        double rest = Math.max(0, seconds - (cycles == 0 ? 0 : cycles * cycleSeconds));
        double records = cycles == 0 ? 0 : cycles * cycleRecords;
        for (Phase phase : phases) {
            if (rest < phase.seconds()) {
                return records + phase.recordsBefore(rest);
            }
            rest -= phase.seconds();
            records += phase.records();
        }
        return records;
    }

    private static double seconds(Duration span) {
        return span.toNanos() / NANOS_PER_SECOND;
    }

    /** For a summary: a number if the rate is steady, 0 for as fast as possible, else the phases in words. */
    public Object summary() {
        if (!isPaced()) {
            return 0.0;
        }
        return isSteady()
                ? (Object) phases.get(0).rate()
                : phases.stream().map(Phase::toString).collect(Collectors.joining(", "));
    }
}
