package io.clinicalstreams.pipeline.alert;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Reads what {@link StateOutput} wrote. Rejects truncated or impossible bytes without quoting them. */
final class StateInput {

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int position;

    StateInput(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    StateInput(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.start = from;
        this.position = from;
        this.end = end;
    }

    /** What {@link StateOutput#octets} wrote, to be read by itself. */
    StateInput section() {
        int length = count();
        position += length;
        return new StateInput(bytes, position - length, position);
    }

    /** All its bytes, read or not. */
    byte[] all() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /** Reads from here on by itself. */
    StateInput copy() {
        return new StateInput(bytes, position, end);
    }

    void skip(int octets) {
        position += octets;
    }

    int position() {
        return position;
    }

    boolean hasMore() {
        return position < end;
    }

    int octet() {
        if (position == end) {
            throw damaged();
        }
        return bytes[position++] & 0xFF;
    }

    long natural() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int octet = octet();
            value |= (long) (octet & 0x7F) << shift;
            if ((octet & 0x80) == 0) {
                return value;
            }
        }
        throw damaged();
    }

    /** A count of bytes, or of items of at least one byte each. */
    int count() {
        long count = natural();
        if (count < 0 || count > end - position) {
            throw damaged();
        }
        return (int) count;
    }

    /** A non-negative int. */
    int number() {
        long value = natural();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw damaged();
        }
        return (int) value;
    }

    long integer() {
        long value = natural();
        return (value >>> 1) ^ -(value & 1);
    }

    long spread() {
        long value = 0;
        for (int octets = 0; octets < Long.BYTES; octets++) {
            value = (value << 8) | octet();
        }
        return value;
    }

    String text() {
        int length = count();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    String word() {
        int known = knownWord();
        return known < 0 ? text() : StoredCodes.WORDS.get(known);
    }

    /** The position of a word among {@link StoredCodes#WORDS}; -1 if its text follows. */
    int knownWord() {
        int known = number();
        if (known > StoredCodes.WORDS.size()) {
            throw damaged();
        }
        return known - 1;
    }

    byte[] octets() {
        int length = count();
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    BigDecimal decimal() {
        long scale = integer();
        int length = count();
        if (length == 0 || scale != (int) scale) {
            throw damaged();
        }
        position += length;
        if (length > Long.BYTES) {
            return new BigDecimal(new BigInteger(bytes, position - length, length), (int) scale);
        }
        long unscaled = bytes[position - length];
        for (int at = position - length + 1; at < position; at++) {
            unscaled = (unscaled << Byte.SIZE) | (bytes[at] & 0xFF);
        }
        return BigDecimal.valueOf(unscaled, (int) scale);
    }

    Instant instant() {
        return instant(Instant.EPOCH);
    }

    Instant instant(Instant near) {
        long seconds = Math.addExact(near.getEpochSecond(), integer());
        long rest = natural();
        return Instant.ofEpochSecond(seconds, (rest & 1) == 0 ? (rest >> 1) * 1_000_000 : rest >> 1);
    }

    void end() {
        if (hasMore()) {
            throw damaged();
        }
    }

    static UnreadableStateException damaged() {
        return new UnreadableStateException("a patient's state is damaged");
    }
}
