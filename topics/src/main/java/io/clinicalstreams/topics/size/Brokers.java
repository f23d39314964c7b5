package io.clinicalstreams.topics.size;

import java.util.List;

/**
 * How many brokers carry the load, bound by whichever is scarcest, with spare ones for when one is down.
 *
 * @param written bytes/s by clients, before copying
 * @param read bytes/s by clients, standbys included
 * @param stored bytes on all disks
 * @param replicas partitions times copies
 * @param inEnvironment brokers that the environment says it has
 * @param limits of one broker
 */
record Brokers(
        double written,
        double read,
        double stored,
        double replicas,
        int replication,
        int inEnvironment,
        Limits limits) {

    /** What one broker has: bytes/s each way, bytes/s onto disk, bytes of disk, replicas. */
    record Limits(double network, double diskRate, double disk, double replicas, int spare) {}

    private static final double MB = 1e6;
    private static final double GB = 1e9;

    double in() {
        return written * replication;
    }

    double out() {
        return written * (replication - 1) + read;
    }

    int count() {
        return Math.max(replication, forLoad() + limits.spare());
    }

    private int forLoad() {
        return (int) bounds().stream().mapToDouble(Figure::value).max().orElse(1);
    }

    /** Whether the environment has as many. */
    boolean isEnough() {
        return inEnvironment >= count();
    }

    Figure figure() {
        return new Figure(
                "brokers",
                count(),
                "brokers",
                "max(copies, most of these + spare) = max(%d, %d + %d)%s"
                        .formatted(
                                replication,
                                forLoad(),
                                limits.spare(),
                                isEnough() ? "" : "; TOO FEW in the environment, " + inEnvironment));
    }

    /** How many brokers each of their resources asks for. */
    List<Figure> bounds() {
        return List.of(
                bound(
                        "by network",
                        Math.max(in(), out()),
                        limits.network(),
                        MB,
                        "MB/s",
                        "max(in, out), in = written x %d copies = %s, out = written x %d + read = %s"
                                .formatted(
                                        replication, Numbers.of(in() / MB), replication - 1, Numbers.of(out() / MB))),
                bound("by disk rate", in(), limits.diskRate(), MB, "MB/s", "written x copies"),
                bound("by disk", stored, limits.disk(), GB, "GB", "stored"),
                bound(
                        "by partitions",
                        replicas,
                        limits.replicas(),
                        1,
                        "replicas",
                        "partitions (the catalogue's, or more where those are too few) x copies"));
    }

    private static Figure bound(String name, double needed, double each, double unit, String unitName, String what) {
        return new Figure(
                name,
                Math.max(1, Numbers.up(name + ", brokers", needed / each)),
                "brokers",
                "%s: %s / %s %s".formatted(what, Numbers.of(needed / unit), Numbers.of(each / unit), unitName));
    }
}
