package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.topics.wire.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a Bundle, as the first pass over the Bundle sees it: nothing is copied yet.
 *
 * @param from where what is written of it begins: at its resource, or at the entry itself where that is what is wrong
 * @param type the text of the resource's resourceType, {@link Span#NONE} when it has none
 * @param fullUrl the text of its fullUrl, {@link Span#NONE} when it has none
 * @param problem what is wrong with its JSON; null when nothing is
 */
record BundleEntry(
        int from,
        int to,
        boolean hasResource,
        long type,
        long fullUrl,
        @Nullable Reason problem) {}
