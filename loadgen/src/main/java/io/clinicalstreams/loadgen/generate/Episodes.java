package io.clinicalstreams.loadgen.generate;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The active episodes and when each has its next reading. A new one begins whenever the critical readings sent and
 * planned fall short of the requested fraction, so the fraction holds from the first thousand records on.
 */
final class Episodes {

    private static final int SHORTEST_GAP = 30;
    private static final int MORE_GAP = 100;

    private record Due(long at, long sequence, Deterioration episode) {}

    private final double fraction;
    private final List<LaboratoryTest> tests;
    private final Randomness random;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::sequence));
    private final Map<Integer, Deterioration> byPatient = new HashMap<>();
    private long planned;
    private long scheduled;
    private int nextTest;

    Episodes(double fraction, List<LaboratoryTest> tests, Randomness random) {
        this.fraction = fraction;
        this.tests = tests;
        this.random = random;
    }

    @Nullable
    Deterioration of(int patient) {
        return byPatient.isEmpty() ? null : byPatient.get(patient);
    }

    /** The episode whose next reading is due, or a new one for the patient when there are too few, else null. */
    @Nullable
    Deterioration next(long record, int patient) {
        if (fraction == 0) {
            return null;
        }
        Due first = due.peek();
        if (first != null && first.at() <= record) {
            due.remove();
            return first.episode();
        }
        if (planned >= fraction * record || byPatient.containsKey(patient)) {
            return null;
        }
        LaboratoryTest test = tests.get(nextTest);
        nextTest = (nextTest + 1) % tests.size();
        Deterioration begun = Deterioration.begin(patient, test, random);
        planned += begun.criticalReadings();
        byPatient.put(patient, begun);
        return begun;
    }

    /** Plans the episode's next reading or ends it. */
    void advance(Deterioration episode, long record) {
        episode.advance();
        if (episode.isOver()) {
            byPatient.remove(episode.patient());
        } else {
            due.add(new Due(record + SHORTEST_GAP + random.nextInt(MORE_GAP), scheduled++, episode));
        }
    }
}
