package io.clinicalstreams.topics.size;

/** An input's value, and who says so: an option, a file of results, or nobody. */
record Given(double value, String origin) {

    private static final String ASSUMED = "assumed: ";

    /** What nobody gave, with the reason for this value. */
    static Given assumed(double value, String why) {
        return new Given(value, ASSUMED + why);
    }

    boolean isAssumed() {
        return origin.startsWith(ASSUMED);
    }
}
