package io.clinicalstreams.trial;

import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.pipeline.ledger.Accounting;
import io.clinicalstreams.pipeline.step.AlertRecord;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Takes what a trial writes. */
@FunctionalInterface
public interface TrialListener {

    /** A transition, with the key and headers that it would have in its topic. */
    void alert(Record<byte[], AlertRecord> alert);

    /**
     * A patient's stored state was replaced; null where there is none.
     *
     * @param patient the patient key
     * @param at when the input was received, milliseconds since the epoch
     */
    default void state(byte[] patient, byte @Nullable [] before, byte @Nullable [] after, long at) {}

    /** Whether to tell what a resource did. */
    default boolean wants(ReadResource resource, Coordinates origin) {
        return false;
    }

    /** What a resource did that it wants; after its alerts. */
    default void did(Effect effect) {}

    /**
     * What one resource did.
     *
     * @param received when it counts as received
     * @param patient the key it was evaluated under; null without one
     * @param before the patient's stored state; null if there was none
     * @param counts what was counted because of it, as in the ledger
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Effect(
            ReadResource resource,
            Coordinates origin,
            Instant received,
            @Nullable PatientKey patient,
            byte @Nullable [] before,
            byte @Nullable [] after,
            Map<Accounting, Map<String, Long>> counts) {

        /** Hides the content: this may end up in a log. */
        @Override
        public String toString() {
            return "Effect[hidden]";
        }
    }
}
