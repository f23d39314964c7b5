package io.clinicalstreams.pipeline.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Limits how many failed threads are replaced within a time: without a limit, replacing would loop forever. */
final class ThreadBudget {

    private final int replacements;
    private final Duration window;
    private final InstantSource clock;
    private final Deque<Instant> failures = new ArrayDeque<>();

    ThreadBudget(int replacements, Duration window, InstantSource clock) {
        this.replacements = replacements;
        this.window = window;
        this.clock = clock;
    }

    /** Takes one replacement from the budget; false when there is none left. */
    synchronized boolean take() {
        Instant now = clock.instant();
        while (!failures.isEmpty() && failures.peekFirst().isBefore(now.minus(window))) {
            failures.removeFirst();
        }
        if (failures.size() >= replacements) {
            return false;
        }
        failures.addLast(now);
        return true;
    }
}
