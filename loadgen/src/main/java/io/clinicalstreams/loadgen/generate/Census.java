package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.scenario.Scenario;

/**
 * Whose record comes next. Some patients have more records than others: the first tenth of them gets a fifth of the
 * records. The hot patient is the median one, with records of its own on top.
 */
final class Census {

    private final int patients;
    private final Randomness random;
    private final Draw hot;

    Census(Scenario scenario, Randomness random) {
        this.patients = scenario.patients();
        this.random = random;
        double more = Math.max(0, scenario.hotPatient() - 1) * (upTo(median() + 1) - upTo(median()));
        this.hot = new Draw(more / (1 + more), scenario.seed(), 4);
    }

    int pick() {
        double uniform = random.nextDouble();
        return hot.take() ? median() : (int) (patients * uniform * Math.sqrt(uniform));
    }

    private int median() {
        return patients / 2;
    }

    /** The fraction of the records that the first patients have. */
    private double upTo(int patient) {
        return Math.cbrt(Math.pow((double) patient / patients, 2));
    }
}
