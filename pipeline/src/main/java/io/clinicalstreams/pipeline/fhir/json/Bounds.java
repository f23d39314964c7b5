package io.clinicalstreams.pipeline.fhir.json;

import io.clinicalstreams.topics.wire.PatientKey;

/**
 * Limits on the size of one record. Each is far beyond what legitimate senders send, and keeps memory, transactions,
 * states and alerts from growing without bound. {@link Decimals} has the limits of numbers.
 */
public final class Bounds {

    /** Nested objects and arrays. The deepest example tested has 16. */
    public static final int NESTING = 200;

    /** FHIR R4, datatypes: strings shall not exceed 1 MiB characters. */
    public static final int STRING_CHARACTERS = 1_048_576;

    /**
     * Bytes of an uncompressed value. The input topic's limit of 4 MiB applies to compressed bytes, and repetitive text
     * compresses a thousandfold; no output topic allows this much. Resolving the references of a Bundle may add at most
     * as much.
     */
    public static final int VALUE_BYTES = 32 * 1024 * 1024;

    /**
     * Entries of a Bundle, each of which may become a record in the same transaction. The Bundles tested, each with a
     * patient's whole history, have 206 and 314 entries; the longest history tested has 6,024 Observations.
     */
    public static final int BUNDLE_ENTRIES = 10_000;

    /**
     * Bytes, as written, of a patient key and of a text that becomes part of a key, state or alert: a reference, either
     * part of an identifier, a unit, a product code. In the data tested, references have at most 103 bytes, identifiers
     * 78, units 27.
     */
    public static final int TEXT_BYTES = PatientKey.MAX_BYTES;

    /** Components of an Observation. Panels have some dozens; a patient's whole history has at most 16 in one. */
    public static final int COMPONENTS = 1_000;

    /** Codings of an Observation's or a component's code, and of all its interpretations. Real ones have a handful. */
    public static final int CODINGS = 100;

    /** Identifiers of a Patient. Real ones have a handful; each is kept while its Bundle is read. */
    public static final int IDENTIFIERS = 100;

    private Bounds() {}
}
