package io.clinicalstreams.topics.size;

/** The load that everything is made for: today's, grown, with room left. */
record DesignLoad(double rate, double growth, double headroom) {

    double perSecond() {
        return rate * growth / (1 - headroom);
    }

    Figure figure() {
        return new Figure(
                "design load T",
                perSecond(),
                "resources/s",
                "rate x growth / (1 - headroom) = %s x %s / (1 - %s)"
                        .formatted(Numbers.of(rate), Numbers.of(growth), Numbers.of(headroom)));
    }
}
