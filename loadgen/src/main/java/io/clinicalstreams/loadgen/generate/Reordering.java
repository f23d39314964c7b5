package io.clinicalstreams.loadgen.generate;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/** Holds records back, each until the same patient's next one was sent. */
final class Reordering {

    /** Generates records. */
    interface Made {
        Generated next();

        /** The patient of the record made last. */
        int patient();
    }

    private final Draw reordered;
    private final Map<Integer, Generated> held = new HashMap<>();
    private final Queue<Generated> released = new ArrayDeque<>();

    Reordering(Draw reordered) {
        this.reordered = reordered;
    }

    Generated next(Made made, Instant at) {
        Generated overtaken = released.poll();
        if (overtaken != null) {
            return overtaken.sentAt(at);
        }
        Generated next = made.next();
        while (reordered.take() && held.putIfAbsent(made.patient(), next) == null) {
            next = made.next();
        }
        Generated overtakenNow = held.remove(made.patient());
        if (overtakenNow != null) {
            released.add(overtakenNow);
        }
        return next;
    }
}
