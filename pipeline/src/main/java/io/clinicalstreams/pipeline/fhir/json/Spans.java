package io.clinicalstreams.pipeline.fhir.json;

import java.util.Arrays;

/** A growing list of {@link Span}s, reused for each resource. */
public final class Spans {

    private long[] spans = new long[32];
    private int size;

    public void clear() {
        size = 0;
    }

    public void add(long span) {
        if (size == spans.length) {
            spans = Arrays.copyOf(spans, size * 2);
        }
        spans[size++] = span;
    }

    public int size() {
        return size;
    }

    public long get(int index) {
        return spans[index];
    }
}
