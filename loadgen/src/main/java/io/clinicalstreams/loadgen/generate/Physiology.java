package io.clinicalstreams.loadgen.generate;

/**
 * A patient's values at a given time: individual baseline, slow drift over days, circadian curve and noise. A function
 * of patient and time, so a million patients need no memory.
 */
final class Physiology {

    private static final int MINUTES_OF_DAY = 1_440;
    private static final long MILLIS_OF_MINUTE = 60_000;
    /** The period of the slow drift is 5 to 12 days. */
    private static final int SHORTEST_DRIFT_DAYS = 5;

    private static final int DRIFT_DAYS = 8;
    private static final double DRIFT = 0.12;
    private static final long PHASE = 1_000;
    private static final long PERIOD = 1_001;

    private final long seed;
    private final double[] sine = new double[MINUTES_OF_DAY];

    Physiology(long seed) {
        this.seed = seed;
        for (int minute = 0; minute < MINUTES_OF_DAY; minute++) {
            sine[minute] = StrictMath.sin(2 * StrictMath.PI * minute / MINUTES_OF_DAY);
        }
    }

    long vitalSign(VitalSign sign, int patient, long millis, double strain, double noise) {
        double baseline =
                0.1 + 0.8 * Randomness.fixed(seed, patient, sign.name().hashCode()) + drift(patient, millis);
        // The minimum is at about 04:00, the maximum at about 16:00.
        double dayCurve = at(millis / MILLIS_OF_MINUTE - 600);
        return sign.scaled(baseline, dayCurve, strain, noise);
    }

    /** Always within the normal range, except in an episode. */
    long laboratory(LaboratoryTest test, int patient, long millis, double noise) {
        double range = test.high() - test.low();
        double place = 0.25
                + 0.5 * Randomness.fixed(seed, patient, test.analyte().hashCode())
                + drift(patient, millis)
                + 0.06 * noise;
        return SlotValues.scaled(test.low() + range * Math.max(0, Math.min(1, place)), test.scale());
    }

    private double drift(int patient, long millis) {
        double phase = Randomness.fixed(seed, patient, PHASE);
        double days = SHORTEST_DRIFT_DAYS + (int) (DRIFT_DAYS * Randomness.fixed(seed, patient, PERIOD));
        return DRIFT * at((long) (millis / (MILLIS_OF_MINUTE * days) + phase * MINUTES_OF_DAY));
    }

    private double at(long minute) {
        return sine[(int) Math.floorMod(minute, (long) MINUTES_OF_DAY)];
    }
}
