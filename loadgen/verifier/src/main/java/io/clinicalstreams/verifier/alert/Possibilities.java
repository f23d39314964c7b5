package io.clinicalstreams.verifier.alert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All histories that two sequences of events can produce together. Direct and re-keyed readings are each in order, but
 * an outside reader does not know how they were interleaved.
 */
final class Possibilities {

    /** Beyond this many, the search stops and everything counts as possible. */
    private static final int MOST = 200;

    private static final long MOST_STEPS = 2_000_000;

    private Possibilities() {}

    /** @return the histories at the end, or null when there are too many */
    static @Nullable Set<History> of(List<UnaryOperator<History>> direct, List<UnaryOperator<History>> rekeyed) {
        if ((direct.size() + 1L) * (rekeyed.size() + 1L) > MOST_STEPS) {
            return null;
        }
        List<Set<History>> row = new ArrayList<>(List.of(Set.of(History.NONE)));
        for (UnaryOperator<History> event : rekeyed) {
            row.add(after(row.get(row.size() - 1), event));
        }
        for (UnaryOperator<History> event : direct) {
            List<Set<History>> next = new ArrayList<>(row.size());
            for (int i = 0; i < row.size(); i++) {
                Set<History> reached = new LinkedHashSet<>(after(row.get(i), event));
                if (i > 0) {
                    reached.addAll(after(next.get(i - 1), rekeyed.get(i - 1)));
                }
                if (reached.size() > MOST) {
                    return null;
                }
                next.add(reached);
            }
            row = next;
        }
        return row.get(row.size() - 1);
    }

    private static Set<History> after(Set<History> before, UnaryOperator<History> event) {
        if (before.size() == 1) {
            return Set.of(event.apply(before.iterator().next()));
        }
        Set<History> after = new HashSet<>();
        before.forEach(history -> after.add(event.apply(history)));
        return after;
    }
}
