package io.clinicalstreams.verifier.json;

import io.clinicalstreams.topics.wire.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on the depth, length and size of JSON. FHIR states few of them exactly, so each has a lower bound up to which
 * everything must be accepted, and an upper bound beyond which everything must be rejected.
 */
public final class JsonBounds {

    /** Bytes of a value, uncompressed. Exact because agreed with senders, as are the next six. */
    public static final int VALUE = 32 * 1024 * 1024;

    /** Entries of a Bundle. */
    public static final int ENTRIES = 10_000;

    /** Components of an Observation. */
    public static final int COMPONENTS = 1_000;

    /** Codings of a code, or of all interpretations together, in an Observation or a component. */
    public static final int CODINGS = 100;

    /** Different identifiers of all Patients of a Bundle. */
    public static final int ALL_IDENTIFIERS = 100_000;

    /** Identifiers of a Patient. */
    public static final int IDENTIFIERS = 100;

    /** Bytes, as written, of a text that is copied into a key, a state or an alert; and of a patient key. */
    public static final int TEXT = 1_024;

    /** The deepest real resources have 20 levels; a hundred are unreasonable. */
    private static final int DEPTH_TAKEN = 100;

    private static final int DEPTH_REFUSED = 1_000;

    /** FHIR R4, datatypes: strings shall not exceed 1 MB; counted in characters, or in bytes by strict readers. */
    private static final int STRING = 1_048_576;

    private static final int DIGITS_TAKEN = 40;
    private static final int DIGITS_REFUSED = 1_000;

    /** The largest binary double is about 1E308. */
    private static final long EXPONENT_TAKEN = 308;

    private static final long EXPONENT_REFUSED = 10_000;

    private JsonBounds() {}

    public static boolean isEndless(JsonValue.Text text) {
        return text.written() > TEXT;
    }

    /** Reports each bound once, on the way down. */
    static @Nullable Defect depth(int depth, int position) {
        return depth == DEPTH_TAKEN + 1 || depth == DEPTH_REFUSED + 1
                ? beyond(Reason.NESTING_TOO_DEEP, depth, DEPTH_TAKEN, DEPTH_REFUSED, position)
                : null;
    }

    static boolean isBottomless(int depth) {
        return depth > DEPTH_REFUSED;
    }

    /** @param bytes length in UTF-8, escapes as written */
    static @Nullable Defect string(String text, int bytes, int position) {
        if (text.length() > STRING) {
            return new Defect(Reason.STRING_TOO_LONG, position, true);
        }
        return bytes > STRING ? new Defect(Reason.STRING_TOO_LONG, position, false) : null;
    }

    static @Nullable Defect number(String text, int position) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == 'e' || next == 'E') {
                Defect exponent = beyond(
                        Reason.NUMBER_OUT_OF_RANGE, exponent(text, i + 1), EXPONENT_TAKEN, EXPONENT_REFUSED, position);
                if (exponent != null) {
                    return exponent;
                }
                break;
            }
            if (next >= '0' && next <= '9') {
                digits++;
            }
        }
        return beyond(Reason.NUMBER_OUT_OF_RANGE, digits, DIGITS_TAKEN, DIGITS_REFUSED, position);
    }

    /** The exponent without its sign, capped just above the bound. */
    private static long exponent(String text, int from) {
        long exponent = 0;
        for (int i = from; i < text.length() && exponent <= EXPONENT_REFUSED; i++) {
            char next = text.charAt(i);
            if (next >= '0' && next <= '9') {
                exponent = exponent * 10 + next - '0';
            }
        }
        return exponent;
    }

    private static @Nullable Defect beyond(Reason reason, long size, long taken, long refused, int position) {
        return size > taken ? new Defect(reason, position, size > refused) : null;
    }
}
