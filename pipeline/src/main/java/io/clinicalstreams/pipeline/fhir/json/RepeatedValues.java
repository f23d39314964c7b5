package io.clinicalstreams.pipeline.fhir.json;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Objects and arrays that come again and again, byte for byte, such as a code with its display, and what was read from
 * each: one that comes again is compared instead of read. It is found by its first bytes, before its end is known. If two
 * share a slot, the later one is kept. Not for values that identify a patient.
 *
 * @param <T> what is read; immutable
 */
public final class RepeatedValues<T> {

    /**
     * What was read from a value's bytes.
     *
     * @param depth deeper, it might exceed the limit
     * @param expected of it by the cursor's listener
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Known<T>(byte[] text, int depth, Object expected, T meaning) {}

    private static final int SLOTS = 256;

    /** Of all values kept; then it begins anew. A stream thread has some ten of these for each of its tasks. */
    private static final int MOST_BYTES = 32 * 1024;

    /** Enough for a system and a code. A value may be a little shorter: what follows it often is the same too. */
    private static final int BEGINNING = 96;

    private static final int SHORTEST = 64;
    private static final int LONGEST = 1024;

    private final Function<JsonCursor, T> reader;

    /** Of each slot, the beginning of the value that was read last: a value is kept when it comes a second time. */
    private final long[] beginnings = new long[SLOTS];

    private final @Nullable Object[] known = new Object[SLOTS];
    private int bytesKept;

    /** @param reader reads the value at the cursor; what it returns depends on the value's bytes only */
    public RepeatedValues(Function<JsonCursor, T> reader) {
        this.reader = reader;
    }

    /** Reads the value at the cursor, or passes it if it is known. */
    public T read(JsonCursor cursor) {
        int from = cursor.position();
        Object expected = cursor.expected();
        if (expected == null || !cursor.has(BEGINNING) || !(cursor.isAtObject() || cursor.isAtArray())) {
            return reader.apply(cursor);
        }
        long beginning = beginning(cursor.bytes(), from);
        int slot = (int) (beginning >>> 32) & SLOTS - 1;
        Known<T> candidate = at(slot);
        if (candidate != null
                && candidate.depth == cursor.depth()
                && candidate.expected == expected
                && cursor.pass(candidate.text)) {
            return candidate.meaning;
        }
        int references = cursor.referencesAndUris();
        T meaning = reader.apply(cursor);
        if (beginnings[slot] == beginning
                && cursor.isClean()
                && cursor.referencesAndUris() == references
                && isWorthKeeping(cursor.end() - from)) {
            byte[] text = Arrays.copyOfRange(cursor.bytes(), from, cursor.end());
            keep(slot, new Known<>(text, cursor.depth(), expected, meaning));
        }
        beginnings[slot] = beginning;
        return meaning;
    }

    private static boolean isWorthKeeping(int length) {
        return length >= SHORTEST && length <= LONGEST;
    }

    private void keep(int slot, Known<T> value) {
        Known<T> replaced = at(slot);
        bytesKept += value.text.length - (replaced == null ? 0 : replaced.text.length);
        if (bytesKept > MOST_BYTES) {
            Arrays.fill(known, null);
            bytesKept = value.text.length;
        }
        known[slot] = value;
    }

    @SuppressWarnings("unchecked") // only keep() writes
    private @Nullable Known<T> at(int slot) {
        return (Known<T>) known[slot];
    }

    /** A hash in two halves, which the processor computes at the same time. */
    private static long beginning(byte[] bytes, int from) {
        long even = 0;
        long odd = 0;
        for (int at = from; at < from + BEGINNING; at += 2 * Long.BYTES) {
            even = (even ^ ByteWords.at(bytes, at)) * ByteWords.GOLDEN;
            odd = (odd ^ ByteWords.at(bytes, at + Long.BYTES)) * ByteWords.SILVER;
        }
        long both = even ^ (odd >>> 7);
        return both ^ (both >>> 29);
    }
}
