package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.fhir.resource.Finding;
import org.jspecify.annotations.Nullable;

/**
 * One resource of a record, and what it turned out to be.
 *
 * @param index position in {@code Bundle.entry} from 0, or {@code Coordinates.WHOLE_RECORD}
 * @param bytes as they are to be written: the very input array for a record of its own; for a Bundle's entry its slice,
 *     with the Bundle's references put in where it is routed and as received where it is rejected. Null for a tombstone,
 *     and for an ignored entry, which is written nowhere, unless it is a Patient; one of another server is a Bundle of
 *     its own, because only a fullUrl says whose {@code Patient/1} it is.
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes travel once from reader to producer and are never compared
public record ReadResource(int index, byte @Nullable [] bytes, Finding finding) {

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "ReadResource[hidden]";
    }
}
