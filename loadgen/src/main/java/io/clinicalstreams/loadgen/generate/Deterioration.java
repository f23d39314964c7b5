package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.generate.LaboratoryTest.CriticalSide;

/**
 * One patient deteriorates over several readings of one test and recovers: approaching, critical for two to five
 * readings, approaching again, and normal twice, so that an alert is raised, escalated where the test has a warning
 * limit, and resolved.
 */
final class Deterioration {

    private static final int FEWEST_CRITICAL = 2;
    private static final int MORE_CRITICAL = 4;

    private final int patient;
    private final LaboratoryTest test;
    private final double[] values;
    private final int criticalReadings;
    private int step;

    private Deterioration(int patient, LaboratoryTest test, double[] values, int criticalReadings) {
        this.patient = patient;
        this.test = test;
        this.values = values;
        this.criticalReadings = criticalReadings;
    }

    static Deterioration begin(int patient, LaboratoryTest test, Randomness random) {
        CriticalSide low = test.tooLow();
        CriticalSide high = test.tooHigh();
        boolean goesLow = high == null || (low != null && random.nextDouble() < 0.5);
        CriticalSide side = goesLow ? low : high;
        if (side == null) {
            throw new IllegalArgumentException("a test without critical limits has no episodes");
        }
        double edge = goesLow ? test.low() : test.high();
        int critical = FEWEST_CRITICAL + random.nextInt(MORE_CRITICAL);
        double[] values = new double[critical + 4];
        values[0] = side.approaching(edge);
        for (int i = 1; i <= critical; i++) {
            double fromMiddle = Math.abs(2.0 * i - (critical + 1)) / (critical + 1);
            values[i] = side.critical((1 - fromMiddle) * random.nextDouble());
        }
        values[critical + 1] = side.approaching(edge);
        values[critical + 2] = edge;
        values[critical + 3] = (test.low() + test.high()) / 2;
        return new Deterioration(patient, test, values, critical);
    }

    int patient() {
        return patient;
    }

    LaboratoryTest test() {
        return test;
    }

    int criticalReadings() {
        return criticalReadings;
    }

    boolean isCritical() {
        return step >= 1 && step <= criticalReadings;
    }

    /** How sick the patient is, 0 to 1; the vital signs follow. */
    double strain() {
        return isCritical() ? 1 : step <= criticalReadings + 1 ? 0.5 : 0;
    }

    long scaled() {
        return SlotValues.scaled(values[step], test.scale());
    }

    void advance() {
        step++;
    }

    boolean isOver() {
        return step == values.length;
    }
}
