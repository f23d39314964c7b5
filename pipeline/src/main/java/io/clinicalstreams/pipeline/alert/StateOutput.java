package io.clinicalstreams.pipeline.alert;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Writes values compactly: numbers with 7 bits per byte, and small ones of either sign in one byte. */
final class StateOutput {

    private byte[] bytes;
    private int length;

    StateOutput() {
        this(256);
    }

    /** @param expected number of bytes; more are possible */
    StateOutput(int expected) {
        bytes = new byte[expected];
    }

    void octet(int value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) value;
    }

    /** A non-negative number. */
    void natural(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            octet((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    /** Eight bytes for any value: for uniformly distributed numbers. */
    void spread(long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            octet((int) (value >>> shift));
        }
    }

    void integer(long value) {
        natural((value << 1) ^ (value >> 63));
    }

    void text(String text) {
        octets(text.getBytes(StandardCharsets.UTF_8));
    }

    void octets(byte[] value) {
        natural(value.length);
        raw(value, 0, value.length);
    }

    /** Keeps the scale: 6.50 stays 6.50. */
    void decimal(BigDecimal value) {
        integer(value.scale());
        octets(value.unscaledValue().toByteArray());
    }

    /** Most instants are whole milliseconds: the lowest bit marks the others. */
    void instant(Instant instant) {
        integer(instant.getEpochSecond());
        nanos(instant.getNano());
    }

    private void nanos(int nanos) {
        boolean millis = nanos % 1_000_000 == 0;
        natural(millis ? (nanos / 1_000_000L) << 1 : ((long) nanos << 1) | 1);
    }

    /** An instant near another one. */
    void instant(Instant instant, Instant near) {
        integer(Math.subtractExact(instant.getEpochSecond(), near.getEpochSecond()));
        nanos(instant.getNano());
    }

    /** A text that is usually one of {@link StoredCodes#WORDS}: those take a byte. */
    void word(String text) {
        int known = StoredCodes.positionOf(text);
        natural(known + 1L);
        if (known < 0) {
            text(text);
        }
    }

    /** Bytes as they are, without their number. */
    void raw(byte[] value, int from, int to) {
        while (to - from > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        System.arraycopy(value, from, bytes, length, to - from);
        length += to - from;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Begins anew. */
    void clear() {
        length = 0;
    }
}
