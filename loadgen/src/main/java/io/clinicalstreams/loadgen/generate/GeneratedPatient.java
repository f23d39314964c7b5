package io.clinicalstreams.loadgen.generate;

import java.nio.charset.StandardCharsets;

/** A generated patient by number: {@code Patient/p-000123}. */
final class GeneratedPatient {

    private static final int DIGITS = 6;
    private static final int OLDEST = 1931;
    private static final int YEARS = 72;

    private GeneratedPatient() {}

    /** The id. */
    static byte[] id(int patient) {
        return numbered("p-", patient);
    }

    /** The reference, which is the patient key. */
    static byte[] reference(int patient) {
        return numbered("Patient/p-", patient);
    }

    /** An adult's date of birth. */
    static byte[] birthDate(long seed, int patient) {
        int year = OLDEST + (int) (YEARS * Randomness.fixed(seed, patient, 2_000));
        int month = 1 + (int) (12 * Randomness.fixed(seed, patient, 2_001));
        int day = 1 + (int) (28 * Randomness.fixed(seed, patient, 2_002));
        byte[] date = "0000-00-00".getBytes(StandardCharsets.US_ASCII);
        write(date, 4, year);
        write(date, 7, month);
        write(date, 10, day);
        return date;
    }

    static boolean isMale(long seed, int patient) {
        return Randomness.fixed(seed, patient, 2_003) < 0.5;
    }

    private static byte[] numbered(String prefix, int patient) {
        byte[] text = new byte[prefix.length() + DIGITS];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (i < prefix.length() ? prefix.charAt(i) : '0');
        }
        write(text, text.length, patient);
        return text;
    }

    private static void write(byte[] text, int end, int number) {
        int at = end;
        for (int rest = number; rest > 0; rest /= 10) {
            text[--at] = (byte) ('0' + rest % 10);
        }
    }
}
