package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.reference.ReferenceReader;
import io.clinicalstreams.topics.wire.PatientReference;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.ReferenceContext;
import org.jspecify.annotations.Nullable;

/** Reads the resources of one type that has a topic. It is reused for each resource. */
interface RoutedReader {

    /** Reads the resource before whose opening brace the cursor stands, and forgets the one before. */
    void read(JsonCursor cursor);

    /**
     * The first rule of the type, in the order of {@link Reason}, that the resource breaks; null when it keeps them all.
     *
     * @param bytes the resource once more, from {@code from} to {@code to}
     */
    @Nullable
    Reason brokenRule(byte[] bytes, int from, int to);

    /** The patient it is about; null for a type that is about no patient. */
    @Nullable
    ReferenceReader subject();

    /**
     * What was read.
     *
     * @param patient it is about; null for a type that is about no patient
     */
    default Finding found(RoutedType type, @Nullable PatientReference patient, ReferenceContext context) {
        return new Finding.Routed(type, PatientReference.keyOf(patient), null);
    }
}
