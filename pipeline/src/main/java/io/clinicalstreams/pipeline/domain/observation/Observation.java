package io.clinicalstreams.pipeline.domain.observation;

import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a FHIR R4 Observation that the alerting lane uses.
 *
 * @param id the resource id, the full URL on another hospital's server; null if the sender gave none
 * @param identifier {@code system|value} of the first identifier; null if there is none
 * @param versionId meta.versionId; null if it is not a whole number
 * @param lastUpdated meta.lastUpdated
 * @param patientReference the reference to the patient as written, to be copied to alerts
 * @param encounter the reference of the encounter
 * @param effective the clinically relevant time, at the precision written
 * @param issued when it was made available
 * @param generated true if marked as test data (meta.security HTEST)
 * @param measurements its own code and value first, then its components
 */
public record Observation(
        @Nullable String id,
        @Nullable String identifier,
        @Nullable Long versionId,
        @Nullable Instant lastUpdated,
        ObservationStatus status,
        String patientReference,
        @Nullable String encounter,
        @Nullable WrittenTime effective,
        @Nullable Instant issued,
        boolean generated,
        List<Measurement> measurements) {

    /**
     * A gateway's sign of life, as an Observation about it.
     *
     * @param gateway {@code Device/ID}
     */
    public static Observation heartbeat(String gateway, Instant at) {
        Measurement sign = new Measurement(List.of(Coding.HEARTBEAT), null, true, List.of(), false);
        return new Observation(
                null,
                null,
                null,
                null,
                ObservationStatus.FINAL,
                gateway,
                null,
                WrittenTime.at(at),
                null,
                false,
                List.of(sign));
    }

    public VersionOrder version() {
        return new VersionOrder(versionId, lastUpdated, issued, status);
    }

    /**
     * Its effective time {@linkplain WrittenTime#asOf as of} an input time if that is known to the day, else the time it
     * was issued, unless that is outside an effective month or year; null if neither says when it was true.
     */
    public @Nullable Instant clinicalTime(Instant input) {
        if (effective != null && effective.isToTheDay()) {
            return effective.asOf(input);
        }
        return issued == null || effective == null || effective.contains(issued) ? issued : null;
    }

    /** This Observation with the time of its report, if it has none of its own. */
    public Observation datedBy(WrittenTime report) {
        return clinicalTime(report.last()) != null
                ? this
                : new Observation(
                        id,
                        identifier,
                        versionId,
                        lastUpdated,
                        status,
                        patientReference,
                        encounter,
                        report,
                        issued,
                        generated,
                        measurements);
    }

    /** This Observation of a duplicate as one of the Patient that replaces it. */
    public Observation movedTo(PatientKey patient) {
        return new Observation(
                id,
                identifier,
                versionId,
                lastUpdated,
                status,
                patient.reference(),
                encounter,
                effective,
                issued,
                generated,
                measurements);
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "Observation[hidden]";
    }
}
