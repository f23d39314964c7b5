package io.clinicalstreams.pipeline.domain.observation;

import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A measurement of an Observation at the time of its evaluation.
 *
 * @param identity of the Observation
 * @param time its {@linkplain Observation#clinicalTime clinical time}; the input time if that is unknown
 * @param at input time
 */
public record Reading(
        PatientKey patient,
        Observation observation,
        Measurement measurement,
        ObservationIdentity identity,
        Instant time,
        Instant at) {

    /** How far a device's clock may be ahead of the log. */
    public static final Duration AHEAD = Duration.ofMinutes(5);

    /** The readings of an Observation, one for each of its measurements. */
    public static List<Reading> of(
            PatientKey patient, Observation observation, ObservationIdentity identity, Instant at) {
        Instant known = observation.clinicalTime(at);
        Instant time = known == null ? at : known;
        List<Reading> readings = new ArrayList<>(observation.measurements().size());
        for (Measurement measurement : observation.measurements()) {
            readings.add(new Reading(patient, observation, measurement, identity, time, at));
        }
        return readings;
    }

    /** The time that decides the order of readings. */
    public Instant order() {
        return order(time, at);
    }

    /** A clock that is ahead of the log makes no reading newer than one that arrives after it. */
    static Instant order(Instant time, Instant at) {
        return time.isAfter(at) ? at : time;
    }

    /** Whether nothing says on which day it was true. */
    public boolean isTimeUnknown() {
        return observation.clinicalTime(at) == null;
    }

    public Evidence evidence() {
        return new Evidence(identity, measurement.amount(), time);
    }

    public boolean isPreliminary() {
        return observation.status() == ObservationStatus.PRELIMINARY;
    }

    /** Why an Observation with this status is not evaluated; null if it is. */
    @Nullable
    public NotEvaluated refusedStatus() {
        return switch (observation.status()) {
            case REGISTERED, UNKNOWN -> NotEvaluated.STATUS;
            case CANCELLED, ENTERED_IN_ERROR -> NotEvaluated.WITHDRAWN;
            case PRELIMINARY, FINAL, AMENDED, CORRECTED -> null;
        };
    }

    /** Issued, or begun, more than five minutes after it arrived: some clock is wrong. */
    public boolean isFuture() {
        return made().isAfter(at.plus(AHEAD));
    }

    public boolean isStale(Duration maxAge) {
        return made().isBefore(at.minus(maxAge));
    }

    public LocalDate day() {
        return dayOf(time);
    }

    /** The UTC day of a time: ages are counted by it. */
    public static LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** The later of effective and issued time. */
    private Instant made() {
        Instant issued = observation.issued();
        return issued != null && issued.isAfter(time) ? issued : time;
    }
}
