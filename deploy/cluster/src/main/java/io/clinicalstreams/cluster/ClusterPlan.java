package io.clinicalstreams.cluster;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * The requested properties of a cluster.
 *
 * @param users passwords by user name; empty for an open cluster
 * @param classPath class path of the brokers: this module, and Kafka in the desired version
 * @param proxied one more listener for each broker, or empty
 * @param metrics empty if the brokers' metrics are not served
 * @param port the first broker's port, the others use the next ones; 0: free ports, preferably those of the last start
 */
record ClusterPlan(
        int brokers,
        int port,
        Map<String, String> settings,
        Optional<Map<String, String>> users,
        int heapMegabytes,
        String classPath,
        List<ProxiedListener> proxied,
        Optional<BrokerLaunch.MetricsAgent> metrics) {

    private static final int MOST_BROKERS = 9;
    private static final int LEAST_HEAP_MEGABYTES = 128;
    private static final int HIGHEST_PORT = 65_535;

    ClusterPlan {
        settings = Map.copyOf(settings);
        users = users.map(Map::copyOf);
        proxied = List.copyOf(proxied);
        if (brokers < 1 || brokers > MOST_BROKERS) {
            throw new ClusterRefused("brokers: must be 1 to " + MOST_BROKERS + ", was " + brokers);
        }
        if (port < 0 || port + brokers - 1 > HIGHEST_PORT) {
            throw new ClusterRefused(
                    "port: must be 1 to " + (HIGHEST_PORT - brokers + 1) + ", or 0 for free ones, was " + port);
        }
        for (int metricsPort : metricsPorts(metrics)) {
            if (metricsPort < 1 || metricsPort > HIGHEST_PORT) {
                throw new ClusterRefused("metrics-port: must be 1 to " + (HIGHEST_PORT - brokers + 1)
                        + ", or 0 for free ones, was " + metricsPort);
            }
        }
        if (heapMegabytes < LEAST_HEAP_MEGABYTES) {
            throw new ClusterRefused("heap: must be at least " + LEAST_HEAP_MEGABYTES + " MiB, was " + heapMegabytes);
        }
        if (!proxied.isEmpty() && proxied.size() != brokers) {
            throw new ClusterRefused("proxied: must be one listener for each broker, was " + proxied.size());
        }
        settings.forEach(BrokerSettings::check);
        users.flatMap(BrokerSecurity::problem).ifPresent(problem -> {
            throw new ClusterRefused(problem);
        });
    }

    boolean portsAreFixed() {
        return port != 0;
    }

    /** The cluster to run in that folder. Refuses if the folder has another kind of cluster or a port is taken. */
    SavedCluster over(Optional<SavedCluster> before, ClusterFolder folder) {
        before.ifPresent(cluster -> refuseOtherShape(cluster, folder));
        String id =
                before.map(SavedCluster::id).orElseGet(() -> Uuid.randomUuid().toString());
        List<BrokerAddress> nodes =
                before.map(SavedCluster::nodes).filter(this::stillFit).orElseGet(this::newPorts);
        return new SavedCluster(id, nodes, security(before));
    }

    /** The same cluster on other ports. */
    SavedCluster onOtherPorts(SavedCluster cluster) {
        return new SavedCluster(cluster.id(), newPorts(), cluster.security());
    }

    void refuseTakenPorts() {
        for (int taken : givenPorts()) {
            if (!Ports.isFree(taken)) {
                throw new ClusterRefused("port " + taken + " is taken: choose another, or none for a free one");
            }
        }
    }

    /** The given users apply; an admin password generated at the first start is kept. */
    private BrokerSecurity security(Optional<SavedCluster> before) {
        if (users.isEmpty()) {
            return BrokerSecurity.open();
        }
        Map<String, String> all = new TreeMap<>();
        before.map(cluster -> cluster.security().users().get(BrokerSecurity.ADMIN))
                .ifPresent(password -> all.put(BrokerSecurity.ADMIN, password));
        all.putAll(users.get());
        return BrokerSecurity.withPasswords(all);
    }

    private void refuseOtherShape(SavedCluster cluster, ClusterFolder folder) {
        if (cluster.nodes().size() != brokers) {
            throw new ClusterRefused(folder.root() + " has a cluster of "
                    + cluster.nodes().size() + " brokers, not " + brokers + ": choose another folder or remove it");
        }
        if (cluster.security().isOpen() != users.isEmpty()) {
            throw new ClusterRefused(folder.root() + " has a cluster "
                    + (users.isEmpty() ? "with users, not an open one" : "without users, not one with users")
                    + ": choose another folder or remove it");
        }
    }

    private boolean stillFit(List<BrokerAddress> nodes) {
        boolean wanted = !portsAreFixed()
                || nodes.stream().map(BrokerAddress::clientPort).toList().equals(fixedPorts());
        return wanted
                && nodes.stream()
                        .allMatch(node -> Ports.isFree(node.clientPort()) && Ports.isFree(node.controllerPort()));
    }

    private List<BrokerAddress> newPorts() {
        List<Integer> clients = fixedPorts();
        int free = portsAreFixed() ? brokers : 2 * brokers;
        Iterator<Integer> others = Ports.free(free, Set.copyOf(givenPorts())).iterator();
        List<BrokerAddress> nodes = new ArrayList<>();
        for (int id = 0; id < brokers; id++) {
            int client = portsAreFixed() ? clients.get(id) : others.next();
            nodes.add(new BrokerAddress(id, client, others.next()));
        }
        return List.copyOf(nodes);
    }

    private static List<Integer> metricsPorts(Optional<BrokerLaunch.MetricsAgent> metrics) {
        return metrics.map(BrokerLaunch.MetricsAgent::ports).orElse(List.of());
    }

    private List<Integer> givenPorts() {
        return Stream.concat(fixedPorts().stream(), metricsPorts(metrics).stream())
                .toList();
    }

    private List<Integer> fixedPorts() {
        return portsAreFixed() ? IntStream.range(port, port + brokers).boxed().toList() : List.of();
    }
}
