package io.clinicalstreams.verifier.account;

import io.clinicalstreams.topics.wire.Coordinates;
import java.util.ArrayList;
import java.util.List;

/** Problems found: all are counted, the first are kept, one line each. A line names coordinates, never content. */
final class ProblemList {

    /** Enough to see a pattern. */
    static final int LINES = 20;

    private final List<String> lines = new ArrayList<>();
    private long count;

    void add(Coordinates at, String what) {
        add(at + ": " + what);
    }

    void add(String line) {
        count++;
        if (lines.size() < LINES) {
            lines.add(line);
        }
    }

    long count() {
        return count;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
