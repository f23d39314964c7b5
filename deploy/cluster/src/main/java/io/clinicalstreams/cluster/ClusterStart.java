package io.clinicalstreams.cluster;

import java.nio.channels.FileLock;
import java.time.Duration;

/** The start of a cluster in its folder, from locking the folder until every broker answers. */
record ClusterStart(ClusterPlan plan, ClusterFolder folder, boolean temporary, boolean attached) {

    /** Attempts, because a port that was free when picked may be taken before the broker binds it. */
    private static final int PORT_ATTEMPTS = 3;

    /** Three brokers on two busy cores take up to half a minute. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

    LocalCluster run() {
        FileLock lock = folder.claim();
        try {
            plan.refuseTakenPorts();
            return onFreePorts(plan.over(folder.saved(), folder), lock);
        } catch (RuntimeException failed) {
            ClusterFolder.release(lock);
            throw failed;
        }
    }

    private LocalCluster onFreePorts(SavedCluster wanted, FileLock lock) {
        SavedCluster cluster = wanted;
        for (int attempt = 1; ; attempt++) {
            try {
                return start(cluster, lock);
            } catch (BrokerEnded ended) {
                if (!ended.portTaken() || attempt == PORT_ATTEMPTS) {
                    throw ended;
                }
                plan.refuseTakenPorts();
                cluster = plan.onOtherPorts(cluster);
            }
        }
    }

    private LocalCluster start(SavedCluster saved, FileLock lock) {
        BrokerSettings settings = new BrokerSettings(saved.nodes(), saved.security(), plan.settings(), plan.proxied());
        folder.save(saved);
        for (BrokerAddress node : saved.nodes()) {
            BrokerFolder broker = folder.broker(node.id());
            broker.write(settings.of(node, broker.data()));
        }
        BrokerLaunch launch =
                new BrokerLaunch(saved.id(), plan.heapMegabytes(), plan.classPath(), attached, plan.metrics());
        LocalCluster cluster = new LocalCluster(folder, lock, temporary, saved, launch);
        try {
            cluster.start();
            cluster.awaitReady(START_TIMEOUT);
            return cluster;
        } catch (RuntimeException failed) {
            cluster.end();
            cluster.unhook();
            throw failed;
        }
    }
}
