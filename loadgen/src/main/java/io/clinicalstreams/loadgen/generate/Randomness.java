package io.clinicalstreams.loadgen.generate;

/**
 * SplitMix64. Implemented here because the JDK's generators may change between versions, and the same seed must give
 * the same bytes on every JDK.
 */
final class Randomness {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;
    /** The standard deviation of a sum of four uniform numbers is 1/sqrt(3). */
    private static final double TO_UNIT_DEVIATION = 1.7320508075688772;

    private long state;

    Randomness(long seed) {
        state = mix(seed + GOLDEN);
    }

    long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** From 0 inclusive to 1 exclusive. */
    double nextDouble() {
        return unit(nextLong());
    }

    int nextInt(int bound) {
        return (int) (nextDouble() * bound);
    }

    /** Nearly normal, standard deviation 1, never beyond 3.5: vital signs have no extreme outliers. */
    double noise() {
        return (nextDouble() + nextDouble() + nextDouble() + nextDouble() - 2) * TO_UNIT_DEVIATION;
    }

    /** A number from 0 to 1, a pure function of the three: a patient's baseline needs no memory. */
    static double fixed(long seed, long first, long second) {
        return unit(mix(mix(seed ^ (first * GOLDEN)) + second * 0xD1B54A32D192ED03L));
    }

    /** A bijective mix of the bits. */
    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static double unit(long bits) {
        return (bits >>> 11) * UNIT;
    }
}
