package io.clinicalstreams.pipeline.domain;

/** Why a resource was rejected into quarantine: one code per failure, the first that is found. Names are API. */
public enum Reason {
    /** The record has no value (a tombstone). */
    NULL_VALUE,
    /** The value has no bytes. */
    EMPTY_VALUE,
    /** The value is not UTF-8: cut off inside a character, overlong, a surrogate. */
    INVALID_UTF8,
    /** The value is not one JSON text. */
    NOT_JSON,
    /** The JSON text is not an object. */
    NOT_AN_OBJECT,
    /** Objects and arrays are nested deeper than any FHIR resource needs. */
    NESTING_TOO_DEEP,
    /** A number has more digits, or a larger exponent, than can be computed with. */
    NUMBER_OUT_OF_RANGE,
    /** A string is longer than the 1,048,576 characters FHIR allows. */
    STRING_TOO_LONG,
    /** An object names the same element twice. */
    DUPLICATE_KEY,
    /** There is no resourceType. */
    MISSING_RESOURCE_TYPE,
    /** resourceType is none of FHIR R4's. */
    UNKNOWN_RESOURCE_TYPE,
    /** An element has another JSON type than FHIR gives it. */
    WRONG_ELEMENT_TYPE,
    /** An element that the pipeline reads is not in its type's format (an id, a date, a code, a period), or endless. */
    INVALID_VALUE,
    MISSING_STATUS,
    /** The status is not in the type's value set. */
    INVALID_STATUS,
    MISSING_CODE,
    MISSING_INTENT,
    INVALID_INTENT,
    MISSING_MEDICATION,
    MISSING_CLASS,
    /** More than one value[x], effective[x] or medication[x]. */
    MULTIPLE_CHOICE,
    /** obs-3: a reference range without low, high and text. */
    OBS_3,
    /** obs-6: dataAbsentReason beside a value. */
    OBS_6,
    /** obs-7: a component repeats the Observation's code although the Observation has a value. */
    OBS_7,
    /** The type needs a patient and the resource names none. */
    MISSING_PATIENT,
    /** The subject is a Group, Device, Location or another thing that is no patient. */
    SUBJECT_NOT_A_PATIENT,
    /** The patient is contained in the resource and has no identity of its own. */
    CONTAINED_PATIENT,
    /** A reference is not in FHIR's format, or longer than a key may be. */
    INVALID_REFERENCE,
    /**
     * A reference that only means something inside the Bundle or the resource finds nothing there; or an identifier or a
     * search names no single patient.
     */
    UNRESOLVABLE_REFERENCE,
    MISSING_BUNDLE_TYPE,
    /** A Bundle that is no transaction, batch, collection or message. */
    UNSUPPORTED_BUNDLE_TYPE,
    /** A Bundle inside a Bundle. */
    NESTED_BUNDLE,
    /** In the re-keyed topic under a key or partition that is not its patient's: re-sending again could loop. */
    MISKEYED,
    /** Larger than the output topic takes, or unpacked larger or of more entries than anybody reads. */
    TOO_LARGE,
    /** The lane failed on it in a way nobody foresaw; the lane goes on. */
    UNEXPECTED
}
