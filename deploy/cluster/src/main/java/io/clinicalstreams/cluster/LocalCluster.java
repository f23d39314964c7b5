package io.clinicalstreams.cluster;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;

/**
 * Real Kafka brokers in separate processes, which end with this JVM: on {@link #close}, on exit, SIGTERM and SIGINT by
 * a hook, and when it is killed, because each broker watches for that itself.
 */
public final class LocalCluster implements AutoCloseable {

    /**
     * A broker flushes and closes its log in half a second; nodes that end together would then spend 5 s looking for
     * the quorum that they have just lost, and are killed instead.
     */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final ClusterFolder folder;
    private final FileLock lock;
    private final boolean temporary;
    private final SavedCluster cluster;
    private final List<Broker> brokers;
    private final Thread hook = new Thread(this::end, "end-brokers");
    private boolean closed;

    LocalCluster(ClusterFolder folder, FileLock lock, boolean temporary, SavedCluster cluster, BrokerLaunch launch) {
        this.folder = folder;
        this.lock = lock;
        this.temporary = temporary;
        this.cluster = cluster;
        this.brokers = cluster.nodes().stream()
                .map(node -> new Broker(node, folder.broker(node.id()), launch))
                .toList();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    public static LocalClusterBuilder builder() {
        return new LocalClusterBuilder();
    }

    /** Every broker's address, in the format of {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    public List<Broker> brokers() {
        return brokers;
    }

    public Path directory() {
        return folder.root();
    }

    /** The settings, besides the bootstrap servers, of a client with all rights; empty on an open cluster. */
    public Map<String, String> adminSettings() {
        return cluster.security().adminSettings();
    }

    /** The settings of this user's clients, besides the bootstrap servers. */
    public Map<String, String> clientSettings(String user) {
        return cluster.security().clientSettings(user);
    }

    /**
     * Waits until every broker answers and sees all others, except those that were stopped, killed or paused through
     * their {@link Broker}. Fails if one has ended by itself or on timeout.
     */
    public void awaitReady(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        List<Broker> expected = brokers.stream().filter(Broker::shouldAnswer).toList();
        Set<Integer> ids = expected.stream().map(Broker::id).collect(Collectors.toSet());
        Readiness readiness = new Readiness(cluster.id(), adminSettings());
        for (Broker broker : expected) {
            boolean isReady = ClusterAnswer.eventually(Duration.ofNanos(deadline - System.nanoTime()), () -> {
                boolean answers = readiness.answers(broker.address(), ids, ANSWER);
                if (!answers) {
                    failWhenOneEnded(expected);
                }
                return answers;
            });
            if (!isReady) {
                throw new ClusterException(broker + " did not answer within " + atMost.toSeconds() + " s; "
                        + broker.folder().tail());
            }
        }
    }

    /** Ends every broker, including paused ones, and releases the folder; deletes a temporary folder. */
    @Override
    public void close() {
        end();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        detach();
        if (temporary) {
            delete(folder.root());
        }
    }

    /** Deletes a folder, but leaves what a lane or broker that is still stopping writes meanwhile. */
    public static void delete(Path folder) {
        for (int attempt = 1; attempt <= 2; attempt++) {
            try {
                Utils.delete(folder.toFile());
                return;
            } catch (DirectoryNotEmptyException inUse) {
                // tried again once, then left
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void start() {
        brokers.forEach(Broker::start);
    }

    /** Detaches the brokers, which then outlive this JVM: removes the shutdown hook and releases the folder's lock. */
    void detach() {
        unhook();
        ClusterFolder.release(lock);
    }

    void unhook() {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // the hook is running or has run
        }
    }

    void end() {
        brokers.forEach(Broker::end);
        long deadline = System.nanoTime() + GRACE.toNanos();
        for (Broker broker : brokers) {
            broker.endWithin(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    private static void failWhenOneEnded(List<Broker> expected) {
        for (Broker broker : expected) {
            if (!broker.isAlive()) {
                throw new BrokerEnded(broker);
            }
        }
    }
}
