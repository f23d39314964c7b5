package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.fhir.resource.Finding;
import org.jspecify.annotations.Nullable;

/**
 * One resource of a record and the result of reading it.
 *
 * @param index position in {@code Bundle.entry} from 0, or {@code Coordinates.WHOLE_RECORD}
 * @param bytes to write: for a whole record, the input array itself; for a Bundle entry its slice, with references
 *     resolved if it is routed and as received if it is rejected. Null for a tombstone and for an ignored entry other
 *     than a Patient, because these are not written.
 * @param rekeyed to write if it is re-keyed: the same, but in a Bundle of one if only its entry names it: a resource
 *     from another server, or a Patient that a search creates or updates; or if only its report dates it
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes pass once from reader to producer and are never compared
public record ReadResource(int index, byte @Nullable [] bytes, byte @Nullable [] rekeyed, Finding finding) {

    /** A resource that is re-keyed as it is. */
    public ReadResource(int index, byte @Nullable [] bytes, Finding finding) {
        this(index, bytes, bytes, finding);
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "ReadResource[hidden]";
    }
}
