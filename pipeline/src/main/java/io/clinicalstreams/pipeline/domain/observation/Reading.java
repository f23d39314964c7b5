package io.clinicalstreams.pipeline.domain.observation;

import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A measurement of an Observation at the time of its evaluation.
 *
 * @param identity of the Observation
 * @param time its clinical time: effective {@linkplain WrittenTime#asOf as of} the input, else issued, else the input
 *     time
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
    public static List<Reading> of(PatientKey patient, Observation observation, Instant at, String coordinates) {
        WrittenTime effective = observation.effective();
        Instant issued = observation.issued();
        Instant time = effective != null ? effective.asOf(at) : issued != null ? issued : at;
        ObservationIdentity identity = ObservationIdentity.of(observation, coordinates);
        return observation.measurements().stream()
                .map(measurement -> new Reading(patient, observation, measurement, identity, time, at))
                .toList();
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

    /** The later of effective and issued time; a reading without either is as old as its input. */
    private Instant made() {
        Instant issued = observation.issued();
        return issued != null && issued.isAfter(time) ? issued : time;
    }
}
