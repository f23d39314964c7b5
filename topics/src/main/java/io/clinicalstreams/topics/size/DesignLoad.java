package io.clinicalstreams.topics.size;

/** The load that everything is made for: today's, grown, with room left. Patients and keys grow as the load does. */
record DesignLoad(double rate, double growth, double headroom) {

    double perSecond() {
        return rate * factor();
    }

    /** By how much more everything is made than there is today. */
    double factor() {
        return growth / (1 - headroom);
    }

    /** {@code value x growth / (1 - headroom)} in numbers. */
    String of(double value) {
        return "%s x %s / (1 - %s)".formatted(Numbers.of(value), Numbers.of(growth), Numbers.of(headroom));
    }

    Figure figure() {
        return new Figure("design load T", perSecond(), "resources/s", "rate x growth / (1 - headroom) = " + of(rate));
    }
}
