package io.clinicalstreams.pipeline.fhir.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names seen so far in each open object, to find duplicates. A small object is searched linearly, which is cheaper
 * than a set; a large one gets a set, so that 100,000 names take linear time.
 */
final class ObjectNames {

    private static final int SMALL = 16;

    private byte[] bytes = {};
    private long[] hashes = new long[64];
    private long[] spans = new long[64];
    private int top;

    /** For each open object: the index of its first name. */
    private final int[] bases = new int[Bounds.NESTING + 1];

    /** For each open object: the set of its names, if there are many. */
    private final List<@Nullable Set<String>> large = new ArrayList<>();

    private int open;

    ObjectNames() {
        for (int i = 0; i <= Bounds.NESTING; i++) {
            large.add(null);
        }
    }

    void reset(byte[] bytes) {
        this.bytes = bytes;
        this.top = 0;
        while (open > 0) {
            large.set(open--, null);
        }
    }

    void openObject() {
        bases[++open] = top;
    }

    void closeObject() {
        top = bases[open];
        if (large.get(open) != null) {
            large.set(open, null);
        }
        open--;
    }

    /** Adds a name to the innermost object; false if it is a duplicate. */
    boolean add(long span, long hash) {
        int base = bases[open];
        if (top - base == SMALL) {
            return addToLarge(span);
        }
        for (int i = base; i < top; i++) {
            if (hashes[i] == hash && isSame(spans[i], span)) {
                return false;
            }
        }
        if (top == hashes.length) {
            hashes = Arrays.copyOf(hashes, top * 2);
            spans = Arrays.copyOf(spans, top * 2);
        }
        hashes[top] = hash;
        spans[top++] = span;
        return true;
    }

    private boolean addToLarge(long span) {
        Set<String> names = large.get(open);
        if (names == null) {
            names = new HashSet<>();
            for (int i = bases[open]; i < top; i++) {
                names.add(Text.of(bytes, spans[i]));
            }
            large.set(open, names);
        }
        return names.add(Text.of(bytes, span));
    }

    private boolean isSame(long span, long other) {
        return Text.of(bytes, span).equals(Text.of(bytes, other));
    }
}
