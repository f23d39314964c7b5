package io.clinicalstreams.pipeline.fhir.json;

import io.clinicalstreams.topics.wire.PatientKey;

/**
 * How much one record may hold. Each bound is far beyond what honest senders send, and keeps memory, transactions, states
 * and alerts from growing without end. {@link Decimals} has those of numbers.
 */
public final class Bounds {

    /** Objects and arrays in each other. The deepest of the examples tried has 16. */
    static final int NESTING = 200;

    /** FHIR R4, datatypes: strings shall not exceed 1 MiB characters. */
    public static final int STRING_CHARACTERS = 1_048_576;

    /**
     * Bytes of an uncompressed value. The input's limit of 4 MiB is on compressed bytes, and text that repeats itself
     * shrinks a thousandfold; no output takes as much as this. A Bundle may grow by no more when its references are resolved.
     */
    public static final int VALUE_BYTES = 32 * 1024 * 1024;

    /**
     * Entries of a Bundle, each of which may become a record of the one transaction that the Bundle is processed in. A
     * patient's whole history has 206 and 314 in the Bundles tried; the longest history tried has 6,024 Observations.
     */
    public static final int BUNDLE_ENTRIES = 10_000;

    /**
     * Bytes, as written, of a text that goes to a key, a state or an alert: a reference, either part of an identifier, a
     * unit, a product's code; and of a patient key. In the data tried no reference has more than 103, no identifier more
     * than 78, no unit more than 27.
     */
    public static final int TEXT_BYTES = PatientKey.MAX_BYTES;

    private Bounds() {}
}
