package io.clinicalstreams.pipeline.fhir.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of an array as one little-endian number, and a hash of a byte range computed from such words. */
final class ByteWords {

    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Odd numbers with well mixed bits, to multiply by. */
    static final long GOLDEN = 0x9E3779B97F4A7C15L;

    static final long SILVER = 0xC2B2AE3D27D4EB4FL;

    private ByteWords() {}

    static long at(byte[] bytes, int at) {
        return (long) LITTLE_ENDIAN.get(bytes, at);
    }

    /** Equal ranges have equal hashes. For short names; not resistant to an attacker. */
    static long hash(byte[] bytes, int from, int to) {
        long hash = (to - from) * GOLDEN;
        int at = from;
        while (at + Long.BYTES <= to) {
            hash = mix(hash ^ at(bytes, at));
            at += Long.BYTES;
        }
        return at == to ? hash : mix(hash ^ last(bytes, to, to - at));
    }

    private static long mix(long word) {
        long product = word * GOLDEN;
        return product ^ (product >>> 29);
    }

    /** The bytes before a position, one to eight of them, as a number. */
    static long last(byte[] bytes, int to, int count) {
        if (to >= Long.BYTES) {
            return at(bytes, to - Long.BYTES) >>> (Long.SIZE - Byte.SIZE * count);
        }
        long word = 0;
        for (int i = to - 1; i >= to - count; i--) {
            word = (word << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        return word;
    }
}
