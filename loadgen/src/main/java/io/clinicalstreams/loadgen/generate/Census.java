package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.scenario.Scenario;

/**
 * Whose record comes next. Some patients have more records than others: the first tenth of them gets a fifth of the
 * records. The hot patient is the median one, with records of its own on top. While patients are silent, others have their
 * records; the last of the rest are merged into the first.
 */
final class Census {

    private final int patients;
    private final Randomness random;
    private final Draw hot;
    private final int silent;
    private final long silentFrom;
    private final long silentUntil;
    private int merged;

    Census(Scenario scenario, Randomness random) {
        this.patients = scenario.patients();
        this.random = random;
        double more = Math.max(0, scenario.hotPatient() - 1) * (upTo(median() + 1) - upTo(median()));
        this.hot = new Draw(more / (1 + more), scenario.seed(), 4);
        Scenario.Silence silence = scenario.silence();
        this.silent = scenario.silentPatients();
        this.silentFrom = silence == null ? 0 : silence.after().toMillis();
        this.silentUntil = silence == null || silence.lasts() == null
                ? Long.MAX_VALUE
                : silentFrom + silence.lasts().toMillis();
    }

    /** @param millis since the first record */
    int pick(long millis) {
        double uniform = random.nextDouble();
        int patient = hot.take() ? median() : (int) (patients * uniform * Math.sqrt(uniform));
        boolean isSilent = patient >= patients - silent && millis >= silentFrom && millis < silentUntil;
        int heard = isSilent ? patient - silent : patient;
        boolean isMerged = heard < patients - silent && heard >= patients - silent - merged;
        return isMerged ? survivor(heard) : heard;
    }

    /** The next patient who turns out to be a duplicate, -1 if half of them are; the survivor has their later records. */
    int merge() {
        int duplicate = patients - silent - merged - 1;
        if (survivor(duplicate) >= duplicate) {
            return -1;
        }
        merged++;
        return duplicate;
    }

    int survivor(int duplicate) {
        return patients - silent - 1 - duplicate;
    }

    private int median() {
        return patients / 2;
    }

    /** The fraction of the records that the first patients have. */
    private double upTo(int patient) {
        return Math.cbrt(Math.pow((double) patient / patients, 2));
    }
}
