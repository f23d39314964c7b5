package io.clinicalstreams.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Configures and starts a cluster. Default: one broker, free ports, a temporary folder. */
@SuppressWarnings("CanIgnoreReturnValueSuggester") // every setter returns the builder, as builders do
public final class LocalClusterBuilder {

    private static final int HEAP_MEGABYTES = 512;

    private int brokers = 1;
    private int port;
    private @Nullable Integer metricsPort;
    private boolean secured;
    private boolean hooked = true;
    private int heapMegabytes = HEAP_MEGABYTES;
    private String classPath = System.getProperty("java.class.path");
    private @Nullable Path directory;
    private List<ProxiedListener> proxied = List.of();
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, String> users = new TreeMap<>();

    LocalClusterBuilder() {}

    public LocalClusterBuilder brokers(int count) {
        brokers = count;
        return this;
    }

    /** The first broker's port; the others use the next ones. 0: free ports. */
    public LocalClusterBuilder port(int first) {
        port = first;
        return this;
    }

    /** Serves the first broker's metrics to Prometheus on this port, the others' on the next ones. 0: free ports. */
    public LocalClusterBuilder metricsPort(int first) {
        metricsPort = first;
        return this;
    }

    /** The folder for data, settings and logs. A stopped cluster of the same shape there starts again with its data. */
    public LocalClusterBuilder directory(Path path) {
        directory = path;
        return this;
    }

    /** A broker setting by Kafka's name, for every broker. */
    public LocalClusterBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** The heap of each broker, in MiB. */
    public LocalClusterBuilder heap(int megabytes) {
        heapMegabytes = megabytes;
        return this;
    }

    /** For brokers of another version: their complete class path, including this module. Default: this JVM's. */
    public LocalClusterBuilder classPath(String path) {
        classPath = path;
        return this;
    }

    /** One more listener for each broker, in the order of their ids, whose clients connect through proxies. */
    public LocalClusterBuilder proxied(List<ProxiedListener> listeners) {
        proxied = listeners;
        return this;
    }

    /** Passwords by user name. Except for {@code admin}, users may do nothing without an access rule. */
    public LocalClusterBuilder secured(Map<String, String> passwords) {
        users.putAll(passwords);
        secured = true;
        return this;
    }

    /**
     * For an owner with its own shutdown hook that uses the brokers before it calls {@link LocalCluster#close}: hooks
     * run concurrently. Without a close the brokers still end with this JVM, as after a crash.
     */
    public LocalClusterBuilder withoutShutdownHook() {
        hooked = false;
        return this;
    }

    /** Starts the brokers and returns when all of them answer; on failure, nothing is left running. */
    public LocalCluster start() {
        return run(true);
    }

    /** Starts brokers that outlive this JVM; requires a folder, by which they are found again. */
    public DetachedCluster startDetached() {
        if (directory == null) {
            throw new ClusterRefused("directory: a detached cluster requires one");
        }
        LocalCluster cluster = run(false);
        cluster.detach();
        return DetachedCluster.in(cluster.directory())
                .orElseThrow(() -> new ClusterException("the cluster's folder is gone: " + cluster.directory()));
    }

    private LocalCluster run(boolean attached) {
        ClusterPlan plan = new ClusterPlan(
                brokers,
                port,
                settings,
                secured ? Optional.of(users) : Optional.empty(),
                heapMegabytes,
                classPath,
                proxied,
                metrics());
        boolean temporary = directory == null;
        ClusterFolder folder = ClusterFolder.at(directory == null ? temporaryFolder() : directory);
        LocalCluster cluster = new ClusterStart(plan, folder, temporary, attached).run();
        if (!hooked) {
            cluster.unhook();
        }
        return cluster;
    }

    private Optional<BrokerLaunch.MetricsAgent> metrics() {
        Integer first = metricsPort;
        if (first == null) {
            return Optional.empty();
        }
        return Optional.of(new BrokerLaunch.MetricsAgent(
                first == 0
                        ? List.copyOf(Ports.free(brokers, Set.of()))
                        : IntStream.range(first, first + brokers).boxed().toList()));
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("clinical-streams-cluster-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
