package io.clinicalstreams.pipeline.domain.episode;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A patient's readings of one analyte that are kept: always the latest one, and earlier ones for as long as rules look
 * back or an alert that they may be behind is remembered. Until then a correction or withdrawal can change an alert.
 *
 * @param codings the codings of the measurements that rules listen to
 * @param readings the earliest first; of the same time, in the order of arrival
 */
public record AnalyteHistory(List<Coding> codings, List<KeptReading> readings) {

    /**
     * Each reading writes all that are kept of its analyte. Of one with an alert and more readings than this, such as a
     * monitored vital sign, the latest are kept: the alert itself says how it stood before them.
     */
    public static final int MOST_READINGS = 16;

    public AnalyteHistory {
        codings = List.copyOf(codings);
        readings = readings instanceof DeferredReadings ? readings : List.copyOf(readings);
    }

    public KeptReading latest() {
        return readings.get(readings.size() - 1);
    }

    /**
     * Whether a reading is newer than a time.
     *
     * @param surely whether it must be so even if its clock was ahead of the log
     */
    public boolean isAfter(Instant time, boolean surely) {
        return time.isBefore(latest().order())
                && (!surely || readings.stream().anyMatch(reading -> time.isBefore(reading.earliest())));
    }

    /** @param before this history with the earlier version of the reading's Observation, whose place it takes */
    AnalyteHistory with(KeptReading reading, AnalyteHistory before) {
        int place = before.placeOf(reading);
        int at = readings.size();
        while (at > 0 && isBefore(reading, readings.get(at - 1), at > place)) {
            at--;
        }
        List<KeptReading> all = new ArrayList<>(readings.size() + 1);
        all.addAll(readings.subList(0, at));
        all.add(reading);
        all.addAll(readings.subList(at, readings.size()));
        return new AnalyteHistory(codings, all);
    }

    /** The index of a reading of the same Observation and time; the number of readings if there is none. */
    private int placeOf(KeptReading reading) {
        int at = 0;
        while (at < readings.size()
                && !(readings.get(at).isOf(reading) && readings.get(at).order().equals(reading.order()))) {
            at++;
        }
        return at;
    }

    private static boolean isBefore(KeptReading reading, KeptReading other, boolean otherCameLater) {
        return other.order().isAfter(reading.order())
                || (otherCameLater && other.order().equals(reading.order()) && !other.isOf(reading));
    }

    AnalyteHistory without(ObservationIdentity identity) {
        return names(identity)
                ? new AnalyteHistory(
                        codings,
                        readings.stream()
                                .filter(reading -> !reading.identity().equals(identity))
                                .toList())
                : this;
    }

    /** Whether a reading of an Observation is kept. */
    public boolean names(ObservationIdentity identity) {
        return reading(identity) != null;
    }

    /** The first reading of an Observation; null if none is kept. */
    @Nullable
    KeptReading reading(ObservationIdentity identity) {
        if (readings instanceof DeferredReadings deferred && !deferred.mayBeOf(identity)) {
            return null;
        }
        for (KeptReading reading : readings) {
            if (reading.identity().equals(identity)) {
                return reading;
            }
        }
        return null;
    }

    /** This history without readings from before a time, but with the latest; the same history if that is all of it. */
    AnalyteHistory keptFrom(Instant time) {
        int from = Math.max(0, readings.size() - MOST_READINGS);
        while (from < readings.size() - 1 && readings.get(from).order().isBefore(time)) {
            from++;
        }
        return from == 0 ? this : new AnalyteHistory(codings, readings.subList(from, readings.size()));
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "AnalyteHistory[hidden]";
    }
}
