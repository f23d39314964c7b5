package io.clinicalstreams.cluster;

import java.nio.file.Path;

/** A program that starts a cluster, prints its broker's process number and waits to be killed. */
final class ClusterHolder {

    private ClusterHolder() {}

    /** Arguments: the folder, whether to pause the broker. */
    public static void main(String[] args) throws InterruptedException {
        LocalCluster cluster =
                LocalCluster.builder().directory(Path.of(args[0])).start();
        Broker broker = cluster.brokers().get(0);
        if (Boolean.parseBoolean(args[1])) {
            broker.pause();
        }
        System.out.println(broker.pid());
        Thread.currentThread().join();
    }
}
