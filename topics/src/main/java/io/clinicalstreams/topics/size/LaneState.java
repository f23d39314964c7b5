package io.clinicalstreams.topics.size;

import java.util.List;

/**
 * A lane's state on its instances, its changelogs, and how long one instance takes to restore its state. A restore
 * reads the whole log of a changelog, of which the state is only a part.
 *
 * @param bytes bytes of the state, uncompressed, one replica
 * @param standbys standby replicas
 * @param changelog log of all its stores
 * @param replication replication of the changelogs
 * @param restoreRate bytes/s of changelog that one instance restores
 */
record LaneState(
        double bytes,
        int standbys,
        LaneInstances instances,
        CompactedLog changelog,
        int replication,
        double restoreRate) {

    /** Standby replicas that exist: each requires another instance. */
    int standbyReplicas() {
        return Math.min(standbys, instances.count() - 1);
    }

    /** Bytes/s of changelog that standby replicas read continuously. */
    double read() {
        return changelog.written() * standbyReplicas();
    }

    /** Bytes of changelog on all disks. */
    double stored() {
        return changelog.stored(replication);
    }

    /** Bytes of state on one instance when the spare ones are down. */
    double bytesPerInstance() {
        return bytes * copiesLeft() / instances.left();
    }

    private int copiesLeft() {
        return Math.min(1 + standbys, instances.left());
    }

    /** Whole partitions: one instance restores a partition. */
    int partitionsPerInstance() {
        return Numbers.up("partitions of an instance", (double) changelog.partitions() / instances.count());
    }

    /** For one instance's share, starting empty. */
    double restoreSeconds() {
        return partitionsPerInstance() * changelog.bytesPerPartition() / restoreRate;
    }

    Figure perInstance() {
        return new Figure(
                "state of an instance",
                bytesPerInstance() / Numbers.MB,
                "MB",
                Numbers.in(
                        "state x (active + standbys) / instances, with the spare ones down = %s x %s / %s",
                        bytes / Numbers.MB, copiesLeft(), instances.left()));
    }

    List<Figure> changelogFigures() {
        return List.of(
                new Figure(
                        "changelog read",
                        read() / Numbers.MB,
                        "MB/s",
                        Numbers.in(
                                "written x standbys (at most one per other instance) = %s x %s",
                                changelog.written() / Numbers.MB, standbyReplicas())),
                new Figure(
                        "changelog of a partition",
                        changelog.bytesPerPartition() / Numbers.MB,
                        "MB",
                        "at most, closed and open segments: " + changelog.formula()),
                new Figure("changelog stored", stored() / Numbers.MB, "MB", changelog.storedFormula(replication)));
    }

    Figure restore() {
        return new Figure(
                "restore time",
                restoreSeconds(),
                "s",
                Numbers.in(
                        "an instance's partitions x changelog of a partition / restore rate = %s x %s MB / %s MB/s, at most%s",
                        partitionsPerInstance(),
                        changelog.bytesPerPartition() / Numbers.MB,
                        restoreRate / Numbers.MB,
                        standbyReplicas() > 0 ? "; less where a standby takes over" : ""));
    }
}
