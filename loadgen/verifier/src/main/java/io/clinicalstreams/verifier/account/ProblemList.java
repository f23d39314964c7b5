package io.clinicalstreams.verifier.account;

import io.clinicalstreams.topics.wire.Coordinates;
import java.util.ArrayList;
import java.util.List;

/** Problems found: all are counted, the first are kept, one line each. A line names coordinates, never content. */
public final class ProblemList {

    /** Enough to see a pattern. */
    private static final int LINES = 20;

    private final List<String> lines = new ArrayList<>();
    private long count;

    public void add(Coordinates at, String what) {
        add(at + ": " + what);
    }

    public void add(String line) {
        count++;
        if (lines.size() < LINES) {
            lines.add(line);
        }
    }

    long count() {
        return count;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }
}
