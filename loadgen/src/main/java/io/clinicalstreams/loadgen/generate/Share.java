package io.clinicalstreams.loadgen.generate;

/** Says yes for a fraction of the times it is asked, evenly spread, so that the fraction holds for short runs too. */
final class Share {

    /** So that ten times 0.1 is 1. */
    private static final double ROUNDING = 1e-9;

    private final double fraction;
    private double owed;

    Share(double fraction) {
        this.fraction = fraction;
    }

    boolean take() {
        owed += fraction;
        if (owed < 1 - ROUNDING) {
            return false;
        }
        owed -= 1;
        return true;
    }
}
