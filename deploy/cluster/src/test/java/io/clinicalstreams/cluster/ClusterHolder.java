package io.clinicalstreams.cluster;

import java.nio.file.Path;

/** A program that starts a cluster, prints a line with its brokers' process numbers and waits to be killed. */
final class ClusterHolder {

    private ClusterHolder() {}

    /** Arguments: the folder, the number of brokers, whether to pause the last one. */
    public static void main(String[] args) throws InterruptedException {
        LocalCluster cluster = LocalCluster.builder()
                .directory(Path.of(args[0]))
                .brokers(Integer.parseInt(args[1]))
                .start();
        if (Boolean.parseBoolean(args[2])) {
            cluster.brokers().get(cluster.brokers().size() - 1).pause();
        }
        StringBuilder pids = new StringBuilder();
        cluster.brokers().forEach(broker -> pids.append(broker.pid()).append(' '));
        System.out.println(pids);
        Thread.currentThread().join();
    }
}
