package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final Scenario.@Nullable Ward ward;
    /** Those who will fall silent have no episodes. */
    private final int patients;

    private final List<LaboratoryTest> tests;
    private final Randomness random;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::sequence));
    private final Map<Integer, Deterioration> byPatient = new HashMap<>();
    private long planned;
    private long scheduled;
    private int nextTest;
    private long nextOutbreak;

    Episodes(Scenario scenario, List<LaboratoryTest> tests, Randomness random) {
        this.fraction = scenario.share(Share.CRITICAL);
        this.ward = scenario.ward();
        this.nextOutbreak = ward == null ? Long.MAX_VALUE : ward.after().toMillis();
        this.patients = scenario.patients() - scenario.silentPatients();
        this.tests = tests;
        this.random = random;
    }

    @Nullable
    Deterioration of(int patient) {
        return byPatient.isEmpty() ? null : byPatient.get(patient);
    }

    /**
     * The episode whose next reading is due, or a new one for the patient when there are too few, else null.
     *
     * @param millis since the first record
     */
    @Nullable
    Deterioration next(long record, int patient, long millis) {
        if (millis >= nextOutbreak) {
            beginInTheWard(record);
        }
        Due first = due.peek();
        if (first != null && first.at() <= record) {
            due.remove();
            return first.episode();
        }
        if (planned >= fraction * record || patient >= patients || byPatient.containsKey(patient)) {
            return null;
        }
        Deterioration begun = begin(patient);
        planned += begun.criticalReadings();
        return begun;
    }

    private Deterioration begin(int patient) {
        LaboratoryTest test = tests.get(nextTest);
        nextTest = (nextTest + 1) % tests.size();
        Deterioration begun = Deterioration.begin(patient, test, random);
        byPatient.put(patient, begun);
        return begun;
    }

    /** All patients of the ward, one after the other; they come on top of the fraction. */
    private void beginInTheWard(long record) {
        Scenario.Ward deteriorating = Objects.requireNonNull(ward);
        nextOutbreak = deteriorating.every() == null
                ? Long.MAX_VALUE
                : nextOutbreak + deteriorating.every().toMillis();
        for (int patient = 0; patient < deteriorating.patients(); patient++) {
            if (!byPatient.containsKey(patient)) {
                due.add(new Due(record + patient, scheduled++, begin(patient)));
            }
        }
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
