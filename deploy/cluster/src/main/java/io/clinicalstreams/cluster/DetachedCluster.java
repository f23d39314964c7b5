package io.clinicalstreams.cluster;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A cluster known by its folder only: its brokers run on without this JVM, or are stopped. */
public final class DetachedCluster {

    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration KILL_GRACE = Duration.ofSeconds(10);

    private final ClusterFolder folder;
    private final SavedCluster cluster;

    private DetachedCluster(ClusterFolder folder, SavedCluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    /** The cluster of that folder, running or stopped; empty when the folder holds none. */
    public static Optional<DetachedCluster> in(Path directory) {
        ClusterFolder folder = ClusterFolder.at(directory);
        return folder.saved().map(cluster -> new DetachedCluster(folder, cluster));
    }

    public String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    public Path directory() {
        return folder.root();
    }

    /** What a client must set beside the bootstrap servers to be allowed everything; nothing on an open cluster. */
    public Map<String, String> adminSettings() {
        return cluster.security().adminSettings();
    }

    /** Every broker, in the order of their ids. */
    public List<BrokerStatus> status() {
        Readiness readiness = new Readiness(cluster.id(), adminSettings());
        Set<Integer> ids = cluster.nodes().stream().map(BrokerAddress::id).collect(Collectors.toSet());
        return cluster.nodes().stream()
                .map(node -> status(node, ids, readiness))
                .toList();
    }

    /**
     * Asks every broker to end, and kills those that have not done so in time. Only processes that are this cluster's
     * are touched.
     *
     * @return how many brokers ran
     */
    public int stop(Duration grace) {
        List<Integer> running = cluster.nodes().stream()
                .map(BrokerAddress::id)
                .filter(id -> folder.process(id).isPresent())
                .toList();
        running.forEach(id -> folder.process(id).ifPresent(ProcessHandle::destroy));
        if (!awaitEnd(running, grace)) {
            running.forEach(id -> folder.process(id).ifPresent(ProcessHandle::destroyForcibly));
            if (!awaitEnd(running, KILL_GRACE)) {
                throw new ClusterException("a broker of the cluster in " + folder.root() + " cannot be ended");
            }
        }
        return running.size();
    }

    private BrokerStatus status(BrokerAddress node, Set<Integer> ids, Readiness readiness) {
        Optional<ProcessHandle> process = folder.process(node.id());
        boolean answering = process.isPresent() && readiness.answers(node, ids, ANSWER);
        return new BrokerStatus(
                node.id(),
                process.map(ProcessHandle::pid).orElse(0L),
                node.clientPort(),
                process.isPresent(),
                answering);
    }

    /** Asks the system each time: a zombie process counts as ended, unlike with a wait for its exit. */
    private boolean awaitEnd(List<Integer> ids, Duration atMost) {
        return ClusterAnswer.eventually(
                atMost, () -> ids.stream().noneMatch(id -> folder.process(id).isPresent()));
    }
}
