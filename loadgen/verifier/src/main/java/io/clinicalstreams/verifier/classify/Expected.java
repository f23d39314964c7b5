package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.source.Fingerprint;
import io.clinicalstreams.verifier.source.OutputHeaders;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The expected outcome of one resource. It holds fingerprints, never content, so that hundreds of thousands fit in
 * memory.
 *
 * @param destination where it is recorded; null when it is ignored or rejected
 * @param ignoredAs why it is ignored; null otherwise
 * @param reasons when it must be rejected, the reasons of which the rejection names one; otherwise the reasons for
 *     which the system may still reject it
 * @param outputKey fingerprint of the key it is recorded and re-keyed under; null when it has none or the key is
 *     undetermined
 * @param murmur2 Kafka's hash of that key
 * @param receivedKey fingerprint of its key in the input
 * @param sentAt the digits of the sender's header; null without one
 * @param timestamp of its input record, milliseconds since the epoch
 * @param asReceived its bytes in the input
 * @param asRecorded its bytes with the references of its Bundle resolved
 * @param asRekeyed the same, but in a Bundle of one if only its entry names it
 */
public record Expected(
        Coordinates origin,
        @Nullable RecordedType destination,
        @Nullable String ignoredAs,
        Set<Reason> reasons,
        @Nullable Fingerprint outputKey,
        int murmur2,
        Rekeying rekeying,
        Fingerprint receivedKey,
        @Nullable String sentAt,
        long timestamp,
        Content asReceived,
        Content asRecorded,
        Content asRekeyed) {

    /** Whether a resource must be re-keyed. */
    public enum Rekeying {
        NO,
        YES,
        /** Its key is uncertain. */
        OPEN
    }

    /** What every output of the resource has; a re-keyed or rejected one has more. */
    public OutputHeaders headers() {
        return OutputHeaders.of(origin, sentAt);
    }

    public boolean mustBeRejected() {
        return destination == null && ignoredAs == null;
    }

    public boolean mayBeRejectedFor(@Nullable String reason) {
        return reasons.stream().anyMatch(each -> each.name().equals(reason));
    }

    /** Whether a record has the resource's output key. */
    public boolean isKeyedRightly(byte @Nullable [] key) {
        return outputKey == null || outputKey.equals(Fingerprint.of(key));
    }

    public boolean isPlacedRightly(VerifiedTopic topic, int partition) {
        return outputKey == null || topic.partitionOf(murmur2) == partition;
    }
}
