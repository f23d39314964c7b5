package io.clinicalstreams.pipeline.fhir.reference;

import io.clinicalstreams.pipeline.fhir.json.Span;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Text replacements in a resource; every other byte stays as received. */
final class Splice {

    /** By place: a span's start is in its upper half, so they are in order. */
    private final SortedMap<Long, byte[]> texts = new TreeMap<>();

    void clear() {
        texts.clear();
    }

    /**
     * @param place in any order, but apart from each other; an empty place inserts
     * @param text in UTF-8 it replaces the bytes as they are, without escaping
     * @return the number of bytes by which the resource grows; negative if it shrinks
     */
    int put(long place, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        texts.put(place, bytes);
        return bytes.length - Span.length(place);
    }

    /** The bytes between two positions with the replacements applied. */
    byte[] applyTo(byte[] bytes, int from, int to) {
        ByteArrayOutputStream spliced = new ByteArrayOutputStream(to - from);
        int read = from;
        for (Map.Entry<Long, byte[]> text : texts.entrySet()) {
            spliced.write(bytes, read, Span.start(text.getKey()) - read);
            spliced.writeBytes(text.getValue());
            read = Span.end(text.getKey());
        }
        spliced.write(bytes, read, to - read);
        return spliced.toByteArray();
    }
}
