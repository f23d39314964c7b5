package io.clinicalstreams.loadgen.generate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bad inputs that are one resource: a good Observation's JSON with one thing changed. */
final class MalformedTemplates {

    private static final int HUGE_STRING_LENGTH = 3_000_000;
    private static final int DEPTH = 10_000;

    /** The element {@code code} of an Observation with its comma. */
    private static final Pattern CODE = Pattern.compile("\"code\":\\{\"coding\":\\[[^\\]]*\\],\"text\":\"[^\"]*\"\\},");

    private final Map<Malformation, Template> templates = new EnumMap<>(Malformation.class);

    MalformedTemplates(String good) {
        for (Malformation malformation : Malformation.values()) {
            String json = json(malformation, good);
            if (json != null) {
                templates.put(malformation, Template.of(json));
            }
        }
    }

    /** The filled value; must be a malformation that {@link #has}. */
    byte[] fill(Malformation malformation, SlotValues values) {
        Template template = templates.get(malformation);
        if (template == null) {
            throw new IllegalArgumentException("not one resource: " + malformation);
        }
        byte[] filled = template.fill(values);
        return malformation == Malformation.TRUNCATED_UTF8 ? cutInsideTheLastCharacter(filled) : filled;
    }

    boolean has(Malformation malformation) {
        return templates.containsKey(malformation);
    }

    private static @Nullable String json(Malformation malformation, String good) {
        return switch (malformation) {
            case NOT_JSON ->
                "MSH|^~\\&|MONITOR|WARD|||" + Slot.EFFECTIVE.mark() + "||ORU^R01|" + Slot.ID.mark() + "|T|2.5\rPID|1||"
                        + Slot.SUBJECT.mark();
            case TRUNCATED_UTF8 -> good.substring(0, good.length() - 1) + ",\"note\":[{\"text\":\"gegen\u00fc";
            case JSON_ARRAY -> "[" + good + "]";
            case UNKNOWN_RESOURCE_TYPE -> replaced(good, "\"Observation\"", "\"Telegram\"");
            case MISSING_RESOURCE_TYPE -> replaced(good, "\"resourceType\":\"Observation\",", "");
            case NESTED_TOO_DEEP -> with(good, "\"extension\":" + "[".repeat(DEPTH) + "]".repeat(DEPTH));
            case HUGE_EXPONENT -> replaced(good, Slot.VALUE.mark(), "1E+100000");
            case HUGE_STRING -> with(good, "\"note\":[{\"text\":\"" + "x".repeat(HUGE_STRING_LENGTH) + "\"}]");
            case DUPLICATE_KEY -> with(good, "\"status\":\"preliminary\"");
            case MISSING_STATUS -> replaced(good, "\"status\":\"final\",", "");
            case MISSING_CODE -> without(good, CODE);
            case INVALID_STATUS -> replaced(good, "\"final\"", "\"finished\"");
            case NO_PATIENT -> replaced(good, "\"subject\":{\"reference\":\"" + Slot.SUBJECT.mark() + "\"},", "");
            case SUBJECT_IS_A_GROUP -> replaced(good, Slot.SUBJECT.mark(), "Group/ward");
            case INVALID_DATE -> replaced(good, Slot.EFFECTIVE.mark(), "yesterday");
            case VALUE_AND_ABSENT_REASON ->
                with(
                        good,
                        "\"dataAbsentReason\":{\"coding\":[{\"system\":"
                                + "\"http://terminology.hl7.org/CodeSystem/data-absent-reason\",\"code\":\"unknown\"}]}");
            case UNIT_NOT_CONVERTIBLE ->
                replaced(
                        replaced(
                                replaced(good, VitalSign.HEART_RATE.loinc(), "2823-3"),
                                VitalSign.HEART_RATE.display(),
                                "Potassium [Moles/volume] in Serum or Plasma"),
                        "\"" + VitalSign.HEART_RATE.unit() + "\"",
                        "\"[degF]\"");
            case EMPTY_VALUE,
                    TOMBSTONE,
                    BUNDLE_UNRESOLVABLE_REFERENCE,
                    BUNDLE_ONE_BAD_ENTRY,
                    BUNDLE_NESTED,
                    BUNDLE_UNSUPPORTED_TYPE,
                    BUNDLE_CUT_OFF -> null;
        };
    }

    private static String with(String good, String element) {
        return good.substring(0, good.length() - 1) + "," + element + "}";
    }

    private static String without(String json, Pattern element) {
        String changed = element.matcher(json).replaceFirst("");
        if (changed.equals(json)) {
            throw new IllegalStateException("the template has nothing like " + element);
        }
        return changed;
    }

    private static String replaced(String json, String what, String with) {
        String changed = json.replace(what, with);
        if (changed.equals(json)) {
            throw new IllegalStateException("the template has no " + what);
        }
        return changed;
    }

    private static byte[] cutInsideTheLastCharacter(byte[] filled) {
        int lead = "\u00fc".getBytes(StandardCharsets.UTF_8).length - 1;
        return Arrays.copyOf(filled, filled.length - lead);
    }
}
