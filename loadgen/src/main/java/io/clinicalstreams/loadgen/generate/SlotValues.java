package io.clinicalstreams.loadgen.generate;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The bytes for each slot of the next record. One instance per generator, overwritten for each record. Only the texts
 * of its UUIDs are allocated.
 */
final class SlotValues {

    private static final int LONGEST = 64;
    private static final long MILLIS_OF_DAY = 86_400_000;
    private static final double[] TEN_TO = {1, 10, 100, 1_000};

    /** The bytes of one slot; those beyond the length are stale. */
    static final class Filling {
        private final byte[] bytes = new byte[LONGEST];
        private int length;

        int length() {
            return length;
        }

        /** Copies the bytes and returns the index after them. */
        int copy(byte[] to, int at) {
            System.arraycopy(bytes, 0, to, at, length);
            return at + length;
        }

        @Override
        public String toString() {
            return new String(bytes, 0, length, StandardCharsets.US_ASCII);
        }
    }

    private final Map<Slot, Filling> fillings = new EnumMap<>(Slot.class);
    private final byte[] today = new byte[10];
    private long day = Long.MIN_VALUE;

    SlotValues() {
        for (Slot slot : Slot.values()) {
            fillings.put(slot, new Filling());
        }
    }

    Filling of(Slot slot) {
        return Objects.requireNonNull(fillings.get(slot));
    }

    /** An ASCII text of at most 64 characters. */
    void text(Slot slot, byte[] text) {
        Filling filling = of(slot);
        System.arraycopy(text, 0, filling.bytes, 0, text.length);
        filling.length = text.length;
    }

    /** A UUID of two numbers. */
    void uuid(Slot slot, long high, long low) {
        text(slot, new UUID(high, low).toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** A decimal as a scaled integer: 4.2 with one decimal is 42. Exact and fast to write. */
    static long scaled(double value, int decimals) {
        return Math.round(value * TEN_TO[decimals]);
    }

    /** The value {@code scaled / 10^decimals}; not negative. */
    void decimal(Slot slot, long scaled, int decimals) {
        Filling filling = of(slot);
        byte[] to = filling.bytes;
        int digits = Math.max(decimals + 1, digitsOf(scaled));
        int length = decimals == 0 ? digits : digits + 1;
        long rest = scaled;
        for (int at = length - 1, written = 0; at >= 0; at--) {
            if (decimals > 0 && written == decimals) {
                to[at] = '.';
                written++;
                continue;
            }
            to[at] = (byte) ('0' + rest % 10);
            rest /= 10;
            written++;
        }
        filling.length = length;
    }

    /** An instant in UTC with milliseconds. */
    void time(Slot slot, long epochMillis) {
        long epochDay = Math.floorDiv(epochMillis, MILLIS_OF_DAY);
        if (epochDay != day) {
            byte[] text = LocalDate.ofEpochDay(epochDay).toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, today, 0, today.length);
            day = epochDay;
        }
        int millis = (int) Math.floorMod(epochMillis, MILLIS_OF_DAY);
        Filling filling = of(slot);
        byte[] to = filling.bytes;
        System.arraycopy(today, 0, to, 0, 10);
        to[10] = 'T';
        two(to, 11, millis / 3_600_000);
        to[13] = ':';
        two(to, 14, millis / 60_000 % 60);
        to[16] = ':';
        two(to, 17, millis / 1_000 % 60);
        to[19] = '.';
        to[20] = (byte) ('0' + millis / 100 % 10);
        two(to, 21, millis % 100);
        to[23] = 'Z';
        filling.length = 24;
    }

    /** A decimal for a template, which is written once. */
    static String text(double value, int decimals) {
        return BigDecimal.valueOf(scaled(value, decimals), decimals).toPlainString();
    }

    private static void two(byte[] to, int at, int number) {
        to[at] = (byte) ('0' + number / 10);
        to[at + 1] = (byte) ('0' + number % 10);
    }

    private static int digitsOf(long number) {
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
