package io.clinicalstreams.pipeline.fhir.json;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fixed map from words to values, looked up by bytes without creating a String. */
public final class TextMap<T> {

    /** Bytes in front of each word, so that a word of any length can be read as eight bytes. */
    private static final int PADDING = Long.BYTES;

    private final int mask;
    private final long[] hashes;
    private final byte[] @Nullable [] words;
    private final @Nullable Object[] meanings;

    public TextMap(Map<String, T> meaningByWord) {
        // At least four slots per word, so collisions are rare.
        int size = Integer.highestOneBit(Math.max(1, meaningByWord.size())) * 8;
        mask = size - 1;
        hashes = new long[size];
        words = new byte[size][];
        meanings = new Object[size];
        meaningByWord.forEach(this::put);
    }

    private void put(String word, T meaning) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        long hash = ByteWords.hash(bytes, 0, bytes.length);
        int slot = slot(hash);
        while (words[slot] != null) {
            slot = slot + 1 & mask;
        }
        hashes[slot] = hash;
        words[slot] = new byte[PADDING + bytes.length];
        System.arraycopy(bytes, 0, words[slot], PADDING, bytes.length);
        meanings[slot] = meaning;
    }

    private int slot(long hash) {
        return (int) (hash >>> 32) & mask;
    }

    /** The value of the word between two positions, given its {@link ByteWords#hash}; null if it is unknown. */
    @Nullable
    T find(byte[] bytes, int from, int to, long hash) {
        int slot = slot(hash);
        while (true) {
            byte[] word = words[slot];
            if (word == null) {
                return null;
            }
            if (hashes[slot] == hash && isSame(word, bytes, from, to - from)) {
                return meaning(slot);
            }
            slot = slot + 1 & mask;
        }
    }

    /** Whether the word in a slot is this one. Without a call, because most words have few bytes. */
    private static boolean isSame(byte[] slot, byte[] bytes, int from, int length) {
        if (slot.length != PADDING + length) {
            return false;
        }
        int at = 0;
        while (at + Long.BYTES < length) {
            if (ByteWords.at(slot, PADDING + at) != ByteWords.at(bytes, from + at)) {
                return false;
            }
            at += Long.BYTES;
        }
        int rest = length - at;
        return rest == 0 || ByteWords.last(slot, slot.length, rest) == ByteWords.last(bytes, from + length, rest);
    }

    /** The value of a JSON string's text; null if it is unknown or there is no string. */
    @Nullable
    public T find(byte[] bytes, long span) {
        if (span == Span.NONE) {
            return null;
        }
        if (Span.isEscaped(span)) {
            byte[] text = Text.utf8(bytes, span);
            return find(text, 0, text.length, ByteWords.hash(text, 0, text.length));
        }
        int start = Span.start(span);
        int end = Span.end(span);
        return find(bytes, start, end, ByteWords.hash(bytes, start, end));
    }

    @SuppressWarnings("unchecked") // only put() writes
    private @Nullable T meaning(int slot) {
        return (T) meanings[slot];
    }
}
