package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.topics.wire.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a Bundle, as found by the first pass: nothing is copied yet.
 *
 * @param from start of the bytes to write: of its resource, or of the entry itself if it does not have exactly one
 * @param type the text of the resource's resourceType, {@link Span#NONE} if there is none
 * @param fullUrl the text of its fullUrl, {@link Span#NONE} if there is none
 * @param problem the problem with its JSON; null if there is none
 */
record BundleEntry(
        int from,
        int to,
        boolean hasResource,
        long type,
        long fullUrl,
        @Nullable Reason problem) {}
