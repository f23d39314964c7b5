package io.clinicalstreams.topics.size;

/**
 * A lane's state: on its instances, and how long one needs to have it again.
 *
 * @param standbys warm copies beside the one that works
 * @param restoreRate bytes/s that one instance reads back
 */
record LaneState(double patients, double bytesPerPatient, int standbys, int instances, double restoreRate) {

    private static final double MB = 1e6;

    double bytes() {
        return patients * bytesPerPatient;
    }

    double bytesPerInstance() {
        return bytes() * (1 + warmCopies()) / instances;
    }

    /** Standbys need other instances to be on. */
    int warmCopies() {
        return Math.min(standbys, instances - 1);
    }

    /** For one instance's share, from nothing. */
    double restoreSeconds() {
        return bytes() / instances / restoreRate;
    }

    Figure state() {
        return new Figure(
                "state",
                bytes() / MB,
                "MB",
                "patients x bytes = %s x %s".formatted(Numbers.of(patients), Numbers.of(bytesPerPatient)));
    }

    Figure perInstance() {
        return new Figure(
                "state of an instance",
                bytesPerInstance() / MB,
                "MB",
                "state x (1 + standbys, where other instances are) / instances = %s x (1 + %d) / %d"
                        .formatted(Numbers.of(bytes() / MB), warmCopies(), instances));
    }

    Figure restore() {
        String standby = standbys > 0 && instances > 1 ? "; with a standby only what it lacks" : "";
        return new Figure(
                "restore time",
                restoreSeconds(),
                "s",
                "state / instances / restore rate = %s MB / %d / %s MB/s%s"
                        .formatted(Numbers.of(bytes() / MB), instances, Numbers.of(restoreRate / MB), standby));
    }
}
