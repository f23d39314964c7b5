package io.clinicalstreams.pipeline.fhir.reference;

import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Spans;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Text replacements in a resource; every other byte stays as received. */
final class Splice {

    private final Spans places = new Spans();
    private final List<byte[]> texts = new ArrayList<>();

    void clear() {
        places.clear();
        texts.clear();
    }

    /**
     * @param place after all previous places; an empty place inserts
     * @param text that needs no escaping in a JSON string
     * @return the number of bytes by which the resource grows; negative if it shrinks
     */
    int put(long place, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        places.add(place);
        texts.add(bytes);
        return bytes.length - Span.length(place);
    }

    /** The bytes between two positions with the replacements applied. */
    byte[] applyTo(byte[] bytes, int from, int to) {
        int length = to - from;
        for (int i = 0; i < texts.size(); i++) {
            length += texts.get(i).length - Span.length(places.get(i));
        }
        if (texts.isEmpty()) {
            return Arrays.copyOfRange(bytes, from, to);
        }
        byte[] spliced = new byte[length];
        int read = from;
        int written = 0;
        for (int i = 0; i < texts.size(); i++) {
            int unchanged = Span.start(places.get(i)) - read;
            System.arraycopy(bytes, read, spliced, written, unchanged);
            written += unchanged;
            byte[] text = texts.get(i);
            System.arraycopy(text, 0, spliced, written, text.length);
            written += text.length;
            read = Span.end(places.get(i));
        }
        System.arraycopy(bytes, read, spliced, written, to - read);
        return spliced;
    }
}
