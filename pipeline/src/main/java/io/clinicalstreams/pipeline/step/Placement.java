package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.PatientKey;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens to a valid resource about a patient: it is accepted, re-keyed to its patient's key, or rejected.
 * Both lanes use this class, so that the alerting lane does not evaluate what the recording lane re-keys or rejects.
 */
record Placement(PatientPartition address, SizeLimits limits) {

    enum Verdict {
        /** It has the right key and partition. */
        STAYS,
        /** It is sent to the re-keyed topic. */
        SENT_AGAIN,
        /** It is in the re-keyed topic but has the wrong key or partition: re-keying it again could loop. */
        MISKEYED,
        /** It is larger than its output topic allows. */
        TOO_LARGE
    }

    /** @param headers of the output record, if it stays or is re-keyed */
    record Decision(Verdict verdict, Headers headers) {}

    /**
     * @param destination where it is recorded if it stays; null for a Patient, which is not recorded
     * @param resource its bytes, as recorded and as re-keyed
     */
    Decision decide(
            @Nullable Destination destination,
            PatientKey patient,
            ReadResource resource,
            Coordinates origin,
            Arrival arrival) {
        boolean isRight = arrival.merge() == null
                ? address.isRight(patient, arrival.key(), arrival.partition())
                : address.isOf(arrival.key(), arrival.partition());
        if (isRight) {
            Headers headers = arrival.headers(origin);
            boolean fits = destination == null || limits.fits(destination, arrival.key(), resource.bytes(), headers);
            return new Decision(fits ? Verdict.STAYS : Verdict.TOO_LARGE, headers);
        }
        Headers headers = arrival.headersToSendAgain(origin);
        if (arrival.rekeyed()) {
            return new Decision(Verdict.MISKEYED, headers);
        }
        boolean fits = limits.fits(Destination.REKEYED, patient.toBytes(), resource.rekeyed(), headers);
        return new Decision(fits ? Verdict.SENT_AGAIN : Verdict.TOO_LARGE, headers);
    }
}
