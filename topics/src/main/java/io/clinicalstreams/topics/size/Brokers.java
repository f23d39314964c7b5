package io.clinicalstreams.topics.size;

import java.util.List;

/**
 * How many brokers carry the load, bound by whichever is scarcest, with spare ones for when one is down.
 *
 * @param written bytes/s by clients, before copying
 * @param read bytes/s by clients, standbys included
 * @param stored bytes on all disks
 * @param replicas partitions times copies
 * @param limits of one broker
 */
record Brokers(double written, double read, double stored, double replicas, int replication, Limits limits) {

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
        double needed = bounds().stream().mapToDouble(Figure::value).max().orElse(1);
        return Math.max(replication, (int) needed + limits.spare());
    }

    Figure figure() {
        return new Figure(
                "brokers",
                count(),
                "",
                "the most of these, and %d spare; at least %d for the copies".formatted(limits.spare(), replication));
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
                        "",
                        "partitions x copies, as the source documents"));
    }

    private static Figure bound(String name, double needed, double each, double unit, String unitName, String what) {
        return new Figure(
                name,
                Math.max(1, Numbers.up(needed / each)),
                "brokers",
                ("%s: %s / %s " + unitName)
                        .formatted(what, Numbers.of(needed / unit), Numbers.of(each / unit))
                        .stripTrailing());
    }
}
