package io.clinicalstreams.cluster;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A cluster known only by its folder: its brokers run independently of this JVM, or are stopped. */
public final class DetachedCluster {

    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration KILL_GRACE = Duration.ofSeconds(10);

    private final ClusterFolder folder;
    private final SavedCluster cluster;

    private DetachedCluster(ClusterFolder folder, SavedCluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    /** The cluster in that folder, running or stopped; empty if there is none. */
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

    /** The settings, besides the bootstrap servers, of a client with all rights; empty on an open cluster. */
    public Map<String, String> adminSettings() {
        return cluster.security().adminSettings();
    }

    /** Every broker, sorted by id. */
    public List<BrokerStatus> status() {
        return status(ANSWER);
    }

    List<BrokerStatus> status(Duration answer) {
        Readiness readiness = new Readiness(cluster.id(), adminSettings());
        return cluster.nodes().stream()
                .map(node -> status(node, readiness, answer))
                .toList();
    }

    /**
     * Stops every broker, and kills those that do not end in time. Touches only this cluster's processes.
     *
     * @return how many brokers were running
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
                throw new ClusterException("a broker of the cluster in " + folder.root() + " cannot be stopped");
            }
        }
        return running.size();
    }

    private BrokerStatus status(BrokerAddress node, Readiness readiness, Duration answer) {
        Optional<ProcessHandle> process = folder.process(node.id());
        // Asked even if no process is seen: it may be another user's. A broker that is busy gets a second chance.
        boolean answers = Stream.of(answer, answer).anyMatch(atMost -> readiness.answers(node, Set.of(), atMost));
        boolean alive = process.isPresent() || answers;
        boolean unknown = !answers && Ports.accepts(node.clientPort());
        return new BrokerStatus(
                node.id(),
                process.map(ProcessHandle::pid).orElse(0L),
                node.clientPort(),
                alive,
                unknown ? null : answers);
    }

    /** Polls the system: a zombie process counts as ended, unlike in a wait for its exit. */
    private boolean awaitEnd(List<Integer> ids, Duration atMost) {
        return ClusterAnswer.eventually(
                atMost, () -> ids.stream().noneMatch(id -> folder.process(id).isPresent()));
    }
}
