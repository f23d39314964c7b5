package io.clinicalstreams.pipeline.fhir;

import java.util.Arrays;

/** A growing list of {@link Span}s, used again for each resource. */
final class Spans {

    private long[] spans = new long[32];
    private int size;

    void clear() {
        size = 0;
    }

    void add(long span) {
        if (size == spans.length) {
            spans = Arrays.copyOf(spans, size * 2);
        }
        spans[size++] = span;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return spans[index];
    }
}
