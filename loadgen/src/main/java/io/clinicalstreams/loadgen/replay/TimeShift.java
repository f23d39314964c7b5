package io.clinicalstreams.loadgen.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shift of each patient's history that makes its last measurement now; of a patient without measurements, its last
 * event. What is planned for later stays later. Whole seconds, so that fractions stay as written. Keeps two spans per
 * patient.
 */
final class TimeShift {

    /**
     * Where a patient's times move to.
     *
     * @param first second of the history's beginning
     * @param last second of its end, which becomes now
     * @param length its length afterwards, in seconds: not longer than before
     */
    record Move(long first, long last, long now, long length) {

        /** By how many seconds a time moves. Before and after the history, distances stay, and so do ages. */
        long shift(long second) {
            if (second >= last) {
                return now - last;
            }
            if (second <= first) {
                return now - length - first;
            }
            return now - Math.round((double) length * (last - second) / (last - first)) - second;
        }
    }

    private record Span(long first, long last) {

        Span with(Span other) {
            return new Span(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    private final long now;
    private final long longest;
    private final Map<String, Span> measurements = new HashMap<>();
    private final Map<String, Span> events = new HashMap<>();

    /** @param compressTo longer histories are compressed to this; null for none */
    TimeShift(Instant now, @Nullable Duration compressTo) {
        this.now = now.getEpochSecond();
        this.longest = compressTo == null ? Long.MAX_VALUE : compressTo.toSeconds();
    }

    /** Notes an event of the patient. */
    void saw(String patientKey, ResourceFacts event) {
        if (event.last() != ResourceFacts.NEVER) {
            Map<String, Span> kind = event.isMeasurement() ? measurements : events;
            kind.merge(identity(patientKey), new Span(event.last(), event.last()), Span::with);
        }
    }

    /** Null for a patient without events. */
    @Nullable
    Move of(String patientKey) {
        String identity = identity(patientKey);
        Span span = measurements.getOrDefault(identity, events.get(identity));
        return span == null ? null : new Move(span.first, span.last, now, Math.min(longest, span.last - span.first));
    }

    /**
     * The common move of several patients: the smallest, so that no history ends up in the future. Null when none
     * moves.
     */
    @Nullable
    Move of(Collection<String> patientKeys) {
        Move least = null;
        for (String key : patientKeys) {
            Move move = of(key);
            if (move != null && (least == null || move.last > least.last)) {
                least = move;
            }
        }
        return least;
    }

    /** {@code urn:uuid:1} and {@code Patient/1} are the same patient in files exported from Bundles. */
    private static String identity(String patientKey) {
        if (patientKey.startsWith("urn:uuid:")) {
            return patientKey.substring("urn:uuid:".length());
        }
        return patientKey.startsWith("Patient/") ? patientKey.substring("Patient/".length()) : patientKey;
    }
}
