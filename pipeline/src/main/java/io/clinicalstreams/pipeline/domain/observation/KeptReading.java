package io.clinicalstreams.pipeline.domain.observation;

import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a patient's state keeps of a reading, so that rules can judge it again. The Observation's identity is kept whole,
 * because an alert may have to name it as evidence later.
 *
 * @param at input time of the Observation's first version, by which the reading was not stale and not in the future
 * @param version of the Observation
 * @param amount null if its value is not a number
 */
public record KeptReading(
        ObservationIdentity identity,
        Instant time,
        Instant at,
        VersionOrder version,
        @Nullable Amount amount,
        boolean hasOtherValue,
        List<Coding> interpretations,
        boolean generated) {

    public KeptReading {
        interpretations = List.copyOf(interpretations);
    }

    public static KeptReading of(Reading reading) {
        Measurement measurement = reading.measurement();
        return new KeptReading(
                reading.identity(),
                reading.time(),
                reading.at(),
                reading.observation().version(),
                measurement.amount(),
                measurement.hasOtherValue(),
                measurement.interpretations(),
                reading.observation().generated());
    }

    /** @param codings of its analyte */
    public Reading reading(PatientKey patient, List<Coding> codings) {
        Measurement measurement = new Measurement(
                codings, amount == null ? null : Quantity.of(amount), hasOtherValue, interpretations, false);
        Observation observation = new Observation(
                null,
                null,
                version.versionId(),
                version.lastUpdated(),
                version.status(),
                patient.reference(),
                null,
                WrittenTime.at(time),
                version.issued(),
                generated,
                List.of(measurement));
        return new Reading(patient, observation, measurement, identity, time, at);
    }

    public boolean isOf(KeptReading other) {
        return identity.equals(other.identity);
    }

    /** Whether it was older than this when it came. */
    public boolean isStale(Duration maxAge) {
        Instant issued = version.issued();
        Instant made = issued != null && issued.isAfter(time) ? issued : time;
        return made.isBefore(at.minus(maxAge));
    }

    public Instant order() {
        return Reading.order(time, at);
    }

    /** When it was true at the earliest: a clock that was ahead of the log may have been so by up to 5 minutes. */
    public Instant earliest() {
        return time.isAfter(at) ? time.minus(Reading.AHEAD) : time;
    }

    /** Whether another version reports the same: status, time, value and interpretation. */
    public boolean isSameAs(KeptReading other) {
        return time.equals(other.time)
                && version.status() == other.version.status()
                && (amount == null ? other.amount == null : amount.equals(other.amount))
                && hasOtherValue == other.hasOtherValue
                && interpretations.equals(other.interpretations);
    }

    /** Whether an alert names this version of it. */
    public boolean isBehind(Evidence evidence) {
        return evidence.equals(new Evidence(identity, amount, time));
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "KeptReading[hidden]";
    }
}
