package io.clinicalstreams.pipeline.fhir.reference;

import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.Spans;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        ByteArrayOutputStream spliced = new ByteArrayOutputStream(to - from);
        int read = from;
        for (int i = 0; i < texts.size(); i++) {
            spliced.write(bytes, read, Span.start(places.get(i)) - read);
            spliced.writeBytes(texts.get(i));
            read = Span.end(places.get(i));
        }
        spliced.write(bytes, read, to - read);
        return spliced.toByteArray();
    }
}
