package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.reference.ReferenceReader;
import io.clinicalstreams.topics.wire.PatientReference;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ReferenceContext;
import org.jspecify.annotations.Nullable;

/** Reads the resources of one type that has an output topic. Reused for each resource. */
interface RoutedReader {

    /** Reads the resource at the cursor and discards the previous one. */
    void read(JsonCursor cursor);

    /**
     * The first of the type's rules, in the order of {@link Reason}, that the resource violates; null if it violates
     * none.
     *
     * @param bytes the resource again, from {@code from} to {@code to}
     */
    @Nullable
    Reason brokenRule(byte[] bytes, int from, int to);

    /** The patient it is about; null for a type that is not about a patient. */
    @Nullable
    ReferenceReader subject();

    /** Whether it may need the time of its report, because it may not say on which day it was true. */
    default boolean isUndated() {
        return false;
    }

    /** The reference to the resource last read; null if nothing but its fullUrl names it. */
    default @Nullable String reference(ReferenceContext context) {
        return null;
    }

    /**
     * The result for the resource last read.
     *
     * @param patient it is about; null for a type that is not about a patient
     */
    default Finding found(RoutedType type, @Nullable PatientReference patient, ReferenceContext context) {
        return new Finding.Routed(type, PatientReference.keyOf(patient), null);
    }
}
