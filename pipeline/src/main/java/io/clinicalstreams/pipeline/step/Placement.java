package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.PatientKey;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a valid resource about a patient: it stays where it stands, is sent again under its patient's
 * key, or is refused. Both lanes ask this one class, so that what the recording lane sends again or rejects, the
 * alerting lane does not evaluate.
 */
final class Placement {

    enum Verdict {
        /** It stands where its patient's records stand. */
        STAYS,
        /** It goes to the re-keyed topic. */
        SENT_AGAIN,
        /** It stands in the re-keyed topic, and wrongly there too: sent again it could loop. */
        MISKEYED,
        /** Larger than the topic that it would go to takes. */
        TOO_LARGE
    }

    /** @param headers of the record that it becomes where it stays or is sent again */
    record Decision(Verdict verdict, Headers headers) {}

    private final PatientAddress address;
    private final SizeLimits limits;

    Placement(PatientAddress address, SizeLimits limits) {
        this.address = address;
        this.limits = limits;
    }

    /**
     * @param destination where it is recorded when it stays; null for a Patient, which is recorded nowhere
     * @param value the bytes of the resource
     */
    Decision decide(
            @Nullable Destination destination,
            PatientKey patient,
            byte @Nullable [] value,
            Coordinates origin,
            Arrival arrival) {
        if (address.isRight(patient, arrival.key(), arrival.partition())) {
            Headers headers = arrival.headers(origin);
            boolean fits = destination == null || limits.fits(destination, arrival.key(), value, headers);
            return new Decision(fits ? Verdict.STAYS : Verdict.TOO_LARGE, headers);
        }
        Headers headers = arrival.headersToSendAgain(origin);
        if (arrival.rekeyed()) {
            return new Decision(Verdict.MISKEYED, headers);
        }
        boolean fits = limits.fits(Destination.REKEYED, patient.toBytes(), value, headers);
        return new Decision(fits ? Verdict.SENT_AGAIN : Verdict.TOO_LARGE, headers);
    }
}
