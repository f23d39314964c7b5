package io.clinicalstreams.loadgen.generate;

/** The bad inputs, in the order in which a generator cycles over them. Most are a good Observation with one thing wrong. */
public enum Malformation {
    NOT_JSON,
    TRUNCATED_UTF8,
    EMPTY_VALUE,
    /** A record without a value. */
    TOMBSTONE,
    JSON_ARRAY,
    UNKNOWN_RESOURCE_TYPE,
    MISSING_RESOURCE_TYPE,
    /** Arrays nested 10,000 deep. */
    NESTED_TOO_DEEP,
    /** The number 1E+100000 as a value. */
    HUGE_EXPONENT,
    /** A string of 3 MB; only in each twentieth round, for its size. */
    HUGE_STRING,
    DUPLICATE_KEY,
    MISSING_STATUS,
    MISSING_CODE,
    INVALID_STATUS,
    NO_PATIENT,
    SUBJECT_IS_A_GROUP,
    INVALID_DATE,
    /** A value beside a dataAbsentReason. */
    VALUE_AND_ABSENT_REASON,
    /** No error, but a unit that no rule's unit can be converted to: recorded, not evaluated. */
    UNIT_NOT_CONVERTIBLE,
    /** A Bundle of three whose second entry refers to an entry that is not there. */
    BUNDLE_UNRESOLVABLE_REFERENCE,
    /** A Bundle of a hundred good entries and one without a status in their midst. */
    BUNDLE_ONE_BAD_ENTRY,
    BUNDLE_NESTED,
    BUNDLE_UNSUPPORTED_TYPE,
    /** A Bundle that ends in the middle. */
    BUNDLE_CUT_OFF
}
