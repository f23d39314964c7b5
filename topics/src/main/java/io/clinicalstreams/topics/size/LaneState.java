package io.clinicalstreams.topics.size;

/**
 * A lane's state on its instances, and how long one needs to have it again. What is read back is the whole log of the
 * changelog, of which the state is only a part.
 *
 * @param bytes of the state, unpacked, once
 * @param standbys warm copies beside the one that works
 * @param restoreRate bytes/s of changelog that one instance reads back
 */
record LaneState(double bytes, int standbys, LaneInstances instances, CompactedLog changelog, double restoreRate) {

    private static final double MB = 1e6;

    /** Standbys need other instances to be on. */
    int warmCopies() {
        return Math.min(standbys, instances.count() - 1);
    }

    /** Bytes that one instance must have room for, when the spare ones are down. */
    double bytesPerInstance() {
        return bytes * copiesLeft() / instances.left();
    }

    private int copiesLeft() {
        return Math.min(1 + standbys, instances.left());
    }

    /** Whole partitions: one is restored by one instance. */
    int partitionsPerInstance() {
        return Numbers.up("partitions of an instance", (double) changelog.partitions() / instances.count());
    }

    /** For one instance's share, from nothing. */
    double restoreSeconds() {
        return partitionsPerInstance() * changelog.bytesPerPartition() / restoreRate;
    }

    Figure perInstance() {
        return new Figure(
                "state of an instance",
                bytesPerInstance() / MB,
                "MB",
                "state x copies / instances, the spare ones being down = %s x %d / %d"
                        .formatted(Numbers.of(bytes / MB), copiesLeft(), instances.left()));
    }

    Figure restore() {
        String standby = warmCopies() > 0 ? "; where a standby takes over, only what that lacks" : "";
        return new Figure(
                "restore time",
                restoreSeconds(),
                "s",
                "an instance's partitions x changelog of a partition / restore rate = %d x %s MB / %s MB/s, at most%s"
                        .formatted(
                                partitionsPerInstance(),
                                Numbers.of(changelog.bytesPerPartition() / MB),
                                Numbers.of(restoreRate / MB),
                                standby));
    }
}
