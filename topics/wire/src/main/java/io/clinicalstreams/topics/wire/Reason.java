package io.clinicalstreams.topics.wire;

/**
 * Why a resource was rejected to quarantine: one code per resource, the first failure found. The names are API: they
 * are values of the header {@link HeaderNames#REASON} and of a metric tag.
 */
public enum Reason {
    NULL_VALUE("The record has no value.", "a tombstone"),
    EMPTY_VALUE("The value has no bytes.", "0 bytes"),
    INVALID_UTF8("The value is not UTF-8: cut off inside a character, overlong, or a surrogate.", "ä in ISO 8859-1"),
    NOT_JSON("The value is not one JSON text.", "`{\"resourceType\":`"),
    NOT_AN_OBJECT("The JSON text is not an object.", "`[]`"),
    NESTING_TOO_DEEP("Objects and arrays are nested deeper than any FHIR resource needs.", "201 arrays in each other"),
    NUMBER_OUT_OF_RANGE(
            "A number has too many digits, or too large an exponent, to compute with.",
            "Observation with `\"valueQuantity\":{\"value\":1E+100000}`"),
    STRING_TOO_LONG("A string is longer than the 1,048,576 characters that FHIR allows.", "1,048,577 characters"),
    DUPLICATE_KEY("An object has the same element twice.", "`{\"id\":\"1\",\"id\":\"2\"}`"),
    MISSING_RESOURCE_TYPE("There is no `resourceType`.", "`{\"status\":\"final\"}`"),
    UNKNOWN_RESOURCE_TYPE("FHIR R4 has no such resource type.", "`{\"resourceType\":\"BloodTest\"}`"),
    WRONG_ELEMENT_TYPE("An element has the wrong JSON type.", "Observation with `\"status\":[\"final\"]`"),
    INVALID_VALUE(
            "An element is not in its type's format, or is too long: an id, date, code or period that is read; with"
                    + " `validation: full`, any.",
            "Observation with `\"effectiveDateTime\":\"2026-02-30\"`"),
    MISSING_STATUS("The type requires a status.", "Observation without `status`"),
    INVALID_STATUS("The status is not in the type's value set.", "Observation with `\"status\":\"done\"`"),
    MISSING_CODE("The type requires a code.", "Observation without `code`"),
    MISSING_INTENT("The type requires an intent.", "MedicationRequest without `intent`"),
    INVALID_INTENT("The intent is not in the type's value set.", "MedicationRequest with `\"intent\":\"wish\"`"),
    MISSING_MEDICATION("The type requires a medication.", "MedicationRequest without `medicationCodeableConcept`"),
    MISSING_CLASS("The type requires a class.", "Encounter without `class`"),
    MULTIPLE_CHOICE(
            "There is more than one `value[x]`, `effective[x]` or `medication[x]`; with `validation: full`, of any choice.",
            "Observation with `\"valueString\":\"high\",\"valueInteger\":9`"),
    OBS_3("obs-3: a reference range has no low, high or text.", "Observation with `\"referenceRange\":[{}]`"),
    OBS_6(
            "obs-6: there are both a `dataAbsentReason` and a value.",
            "Observation with `\"valueInteger\":4,\"dataAbsentReason\":{\"text\":\"lost\"}`"),
    OBS_7(
            "obs-7: a component repeats the Observation's code although the Observation has a value.",
            "Observation with `\"valueInteger\":4,\"component\":[{\"code\":{\"coding\":[{\"code\":\"2823-3\"}]}}]`"),
    MISSING_PATIENT("The type requires a patient, but the resource names none.", "Observation without `subject`"),
    SUBJECT_NOT_A_PATIENT(
            "The subject is a Group, Device, Location or another resource that is not a patient.",
            "Observation with `\"subject\":{\"reference\":\"Group/7\"}`"),
    CONTAINED_PATIENT(
            "The patient is contained in the resource and has no identity outside it.",
            "Observation with `\"subject\":{\"reference\":\"#p\"},\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\"}]`"),
    INVALID_REFERENCE(
            "A reference is not in FHIR's format, or is longer than a key may be.",
            "Observation with `\"subject\":{\"reference\":\"Patient 1\"}`"),
    UNRESOLVABLE_REFERENCE(
            "A reference into the Bundle or the resource has no target there, or an identifier or search names no single"
                    + " patient.",
            "Observation with `\"subject\":{\"reference\":\"Patient?birthdate=1961-02-28\"}`"),
    UNKNOWN_ELEMENT(
            "FHIR R4 has no such element there. Checked with `validation: full`.",
            "Observation with `\"result\":\"high\"`"),
    MISSING_ELEMENT(
            "An element that FHIR R4 requires there is missing. Checked with `validation: full`.",
            "Observation with `\"note\":[{\"time\":\"2026-02-28\"}]`"),
    MISSING_BUNDLE_TYPE("The Bundle has no type.", "`{\"resourceType\":\"Bundle\"}`"),
    UNSUPPORTED_BUNDLE_TYPE(
            "The Bundle is not a transaction, batch, collection or message.",
            "`{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}`"),
    NESTED_BUNDLE("An entry of a Bundle is a Bundle.", "a Bundle in a batch"),
    MISKEYED(
            "A re-keyed record has the wrong key or partition for its patient: re-keying it again could loop.",
            "an Observation of Patient/1 under the key Patient/2, written by another application"),
    TOO_LARGE(
            "The resource is larger than its output topic allows, the value is larger than 32 MiB, or the Bundle has more"
                    + " than 10,000 entries, or 100,000 identifiers of Patients.",
            "a Bundle of 10,001 entries"),
    TOO_MANY_REPETITIONS(
            "An Observation has more than 1,000 components, or more than 100 codings in a code or in its interpretations; or a"
                    + " Patient has more than 100 identifiers.",
            "an Observation with 1,001 components"),
    UNEXPECTED("The lane failed on the resource and continued: a defect in the lane.", "none known");

    private final String sentence;
    private final String example;

    Reason(String sentence, String example) {
        this.sentence = sentence;
        this.example = example;
    }

    /** The failure, in Markdown. */
    public String sentence() {
        return sentence;
    }

    /**
     * An input rejected with this code, in Markdown: a whole value in backticks, {@code Type with `elements`}, {@code
     * Type without `element`}, or in words.
     */
    public String example() {
        return example;
    }
}
