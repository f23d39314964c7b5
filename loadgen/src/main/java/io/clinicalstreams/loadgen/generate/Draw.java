package io.clinicalstreams.loadgen.generate;

/** Selects a fraction of the records, each by a draw of its own: shares that were spread evenly would beat. */
final class Draw {

    private final double fraction;
    private final Randomness draws;

    /** @param number of the share; each has its own sequence */
    Draw(double fraction, long seed, int number) {
        this.fraction = fraction;
        this.draws = new Randomness(Randomness.mix(seed + number));
    }

    /** From 0 to 1. */
    double uniform() {
        return draws.nextDouble();
    }

    boolean take() {
        return fraction > 0 && draws.nextDouble() < fraction;
    }
}
