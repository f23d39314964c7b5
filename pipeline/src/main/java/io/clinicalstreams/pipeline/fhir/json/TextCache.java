package io.clinicalstreams.pipeline.fhir.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Caches Strings of code systems, codes and units, which repeat all the time: each is created once and looked up by its
 * bytes. If two texts share a slot, the later one is kept. Not for texts that identify a patient.
 */
public final class TextCache {

    private static final int SLOTS = 1024;
    private static final int LONGEST = 64;

    private final long[] hashes = new long[SLOTS];
    private final byte[] @Nullable [] bytesOf = new byte[SLOTS][];
    private final @Nullable String[] texts = new String[SLOTS];

    /** The text, or null for {@link Span#NONE}. */
    @Nullable
    public String text(byte[] bytes, long span) {
        if (span == Span.NONE) {
            return null;
        }
        if (Span.isEscaped(span) || Span.length(span) > LONGEST) {
            return Text.of(bytes, span);
        }
        int start = Span.start(span);
        int end = Span.end(span);
        long hash = ByteWords.hash(bytes, start, end);
        int slot = (int) (hash >>> 32) & SLOTS - 1;
        byte[] known = bytesOf[slot];
        String text = texts[slot];
        if (text != null
                && known != null
                && hashes[slot] == hash
                && Arrays.equals(known, 0, known.length, bytes, start, end)) {
            return text;
        }
        text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        hashes[slot] = hash;
        bytesOf[slot] = Arrays.copyOfRange(bytes, start, end);
        texts[slot] = text;
        return text;
    }
}
