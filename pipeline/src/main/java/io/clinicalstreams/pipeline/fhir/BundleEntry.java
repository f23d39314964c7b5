package io.clinicalstreams.pipeline.fhir;

import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a Bundle, as found by the first pass: nothing is copied yet.
 *
 * @param from start of the bytes to write: of its resource, or of the entry itself if it does not have exactly one
 * @param type the text of the resource's resourceType, {@link Span#NONE} if there is none
 * @param fullUrl the text of its fullUrl, {@link Span#NONE} if there is none
 * @param self the text of its self link, if it has no fullUrl; {@link Span#NONE} if there is none
 * @param extensionFrom start of its own extensions, if it has no fullUrl; 0 if there are none
 * @param isPut whether its request's method is PUT
 * @param named the name that it gives its Patient: the search that creates or updates it, or the fullUrl of one without
 *     another name; null if the Patient has its own
 * @param problem the problem with its JSON; null if there is none
 */
record BundleEntry(
        int from,
        int to,
        boolean hasResource,
        long type,
        long fullUrl,
        long self,
        int extensionFrom,
        int extensionTo,
        boolean isPut,
        @Nullable Named named,
        @Nullable Reason problem) {

    /**
     * A Patient that only its entry names.
     *
     * @param from start of the entry's request, which contains the search; where it also ends if the fullUrl names it
     */
    record Named(PatientKey patient, int from, int to) {

        boolean isBySearch() {
            return from < to;
        }
    }
}
