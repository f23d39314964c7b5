package io.clinicalstreams.topics.size;

import java.util.List;

/**
 * How many brokers a load needs, determined by the scarcest resource, plus spare ones.
 *
 * @param written bytes/s by clients, before replication
 * @param read bytes/s by clients, standbys included
 * @param stored bytes on all disks
 * @param replicas of all partitions
 * @param inEnvironment brokers of the environment
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

    /** Capacity of one broker: network bytes/s each way, disk bytes/s, disk bytes, replicas. */
    record Limits(double network, double diskRate, double disk, double replicas, int spare) {}

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

    /** Whether the environment has enough brokers. */
    boolean isEnough() {
        return inEnvironment >= count();
    }

    Figure figure() {
        return new Figure(
                "brokers",
                count(),
                "brokers",
                Numbers.in(
                        "max(replication, most of these + spare) = max(%s, %s + %s)%s",
                        replication,
                        forLoad(),
                        limits.spare(),
                        isEnough() ? "" : "; TOO FEW in the environment, " + inEnvironment));
    }

    /** How many brokers each resource requires. */
    List<Figure> bounds() {
        String network = Numbers.in(
                "max(in, out), in = written x %s replicas = %s, out = written x %s + read = %s",
                replication, in() / Numbers.MB, replication - 1, out() / Numbers.MB);
        String partitions = "partitions (the catalogue's, or more where those are too few) x replicas";
        return List.of(
                bound("by network", Math.max(in(), out()), limits.network(), Numbers.MB, "MB/s", network),
                bound("by disk rate", in(), limits.diskRate(), Numbers.MB, "MB/s", "written x replicas"),
                bound("by disk", stored, limits.disk(), Numbers.GB, "GB", "stored"),
                bound("by partitions", replicas, limits.replicas(), 1, "replicas", partitions));
    }

    private static Figure bound(String name, double needed, double each, double unit, String unitName, String what) {
        int brokers = Math.max(1, Numbers.up(name + ", brokers", needed / each));
        return new Figure(
                name, brokers, "brokers", Numbers.in("%s: %s / %s %s", what, needed / unit, each / unit, unitName));
    }

    /** The load of each broker. */
    List<Figure> each() {
        return List.of(
                each(
                        "disk of a broker",
                        "stored",
                        stored / Numbers.GB,
                        "GB",
                        "; replicas and the load's headroom are included"),
                each("network of a broker, in", "in", in() / Numbers.MB, "MB/s", ""),
                each("network of a broker, out", "out", out() / Numbers.MB, "MB/s", ""));
    }

    private Figure each(String name, String what, double all, String unit, String note) {
        return new Figure(
                name, all / count(), unit, Numbers.in("%s / brokers = %s %s / %s%s", what, all, unit, count(), note));
    }
}
