package io.clinicalstreams.loadgen.generate;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The malformed inputs, in the order in which a generator cycles over them. Most are a valid Observation with one
 * defect.
 */
public enum Malformation {
    NOT_JSON(good -> "MSH|^~\\&|MONITOR|WARD|||" + Slot.EFFECTIVE.mark() + "||ORU^R01|" + Slot.ID.mark()
            + "|T|2.5\rPID|1||" + Slot.SUBJECT.mark()),
    /** Ends inside its last character. */
    TRUNCATED_UTF8(good -> good.substring(0, good.length() - 1) + ",\"note\":[{\"text\":\"gegen\u00fc"),
    EMPTY_VALUE,
    /** A record without a value. */
    TOMBSTONE,
    JSON_ARRAY(good -> "[" + good + "]"),
    UNKNOWN_RESOURCE_TYPE(good -> replaced(good, "\"Observation\"", "\"Telegram\"")),
    MISSING_RESOURCE_TYPE(good -> replaced(good, "\"resourceType\":\"Observation\",", "")),
    /** Arrays nested 10,000 deep. */
    NESTED_TOO_DEEP(good -> with(good, "\"extension\":" + "[".repeat(10_000) + "]".repeat(10_000))),
    /** The number 1E+100000 as a value. */
    HUGE_EXPONENT(good -> replaced(good, Slot.VALUE.mark(), "1E+100000")),
    /** A string of 3 MB; because of its size in every twentieth round only. */
    HUGE_STRING(good -> with(good, "\"note\":[{\"text\":\"" + "x".repeat(3_000_000) + "\"}]")),
    DUPLICATE_KEY(good -> with(good, "\"status\":\"preliminary\"")),
    MISSING_STATUS(good -> replaced(good, "\"status\":\"" + Slot.STATUS.mark() + "\",", "")),
    MISSING_CODE(good -> replaced(good, code(good), "")),
    INVALID_STATUS(good -> replaced(good, Slot.STATUS.mark(), "finished")),
    NO_PATIENT(good -> replaced(good, "\"subject\":{\"reference\":\"" + Slot.SUBJECT.mark() + "\"},", "")),
    SUBJECT_IS_A_GROUP(good -> replaced(good, Slot.SUBJECT.mark(), "Group/ward")),
    INVALID_DATE(good -> replaced(good, Slot.EFFECTIVE.mark(), "yesterday")),
    /** Both a value and a dataAbsentReason. */
    VALUE_AND_ABSENT_REASON(good -> with(
            good,
            "\"dataAbsentReason\":{\"coding\":[{\"system\":"
                    + "\"http://terminology.hl7.org/CodeSystem/data-absent-reason\",\"code\":\"unknown\"}]}")),
    /** Valid, but in a unit that does not convert to any rule's unit: recorded, not evaluated. */
    UNIT_NOT_CONVERTIBLE(good -> replaced(
            replaced(
                    replaced(good, VitalSign.HEART_RATE.loinc(), "2823-3"),
                    VitalSign.HEART_RATE.display(),
                    "Potassium [Moles/volume] in Serum or Plasma"),
            "\"" + VitalSign.HEART_RATE.unit() + "\"",
            "\"[degF]\"")),
    /** A Bundle of three whose second entry refers to a missing entry. */
    BUNDLE_UNRESOLVABLE_REFERENCE,
    /** A Bundle of a hundred valid entries, with one without a status in the middle. */
    BUNDLE_ONE_BAD_ENTRY,
    BUNDLE_NESTED,
    BUNDLE_UNSUPPORTED_TYPE,
    /** A Bundle that ends in the middle. */
    BUNDLE_CUT_OFF;

    @SuppressWarnings("ImmutableEnumChecker") // each returns a text and has no state
    private final @Nullable UnaryOperator<String> change;

    Malformation() {
        this.change = null;
    }

    Malformation(UnaryOperator<String> change) {
        this.change = change;
    }

    /** A valid Observation's JSON with this one defect; null where the input is not one resource. */
    @Nullable
    String appliedTo(String good) {
        return change == null ? null : change.apply(good);
    }

    private static String with(String good, String element) {
        return good.substring(0, good.length() - 1) + "," + element + "}";
    }

    private static String replaced(String json, String what, String with) {
        String changed = json.replace(what, with);
        if (changed.equals(json)) {
            throw new IllegalStateException("the template has no " + what);
        }
        return changed;
    }

    /** The element {@code code} with its comma. */
    private static String code(String good) {
        int from = good.indexOf("\"code\":{\"coding\":[{");
        return good.substring(from, good.indexOf("},", good.indexOf("],\"text\":", from)) + 2);
    }
}
