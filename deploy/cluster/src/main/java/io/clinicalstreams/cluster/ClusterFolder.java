package io.clinicalstreams.cluster;

import io.clinicalstreams.topics.problem.IoReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A cluster's folder: its saved state, and one folder for each broker. One owner at a time may start it. */
record ClusterFolder(Path root) {

    private static final String CLUSTER_FILE = "cluster.properties";
    private static final String LOCK_FILE = "cluster.lock";

    static ClusterFolder at(Path path) {
        return new ClusterFolder(path.toAbsolutePath().normalize());
    }

    BrokerFolder broker(int id) {
        return new BrokerFolder(root.resolve("broker-" + id));
    }

    Optional<SavedCluster> saved() {
        Path file = root.resolve(CLUSTER_FILE);
        return Files.exists(file) ? Optional.of(SavedCluster.read(file)) : Optional.empty();
    }

    void save(SavedCluster cluster) {
        cluster.write(root.resolve(CLUSTER_FILE));
    }

    /** The live process of a broker of this folder, whichever process started it. */
    Optional<ProcessHandle> process(int id) {
        BrokerFolder broker = broker(id);
        return BrokerIdentity.read(broker.process()).flatMap(identity -> identity.process(broker.settings()));
    }

    /** Locks the folder for this process, creating it if necessary, or refuses; closing the lock releases it. */
    FileLock claim() {
        refuseForeign();
        refuseRunning(); // before opening the lock file: closing it a second time would release the first lock
        FileLock lock = lock();
        try {
            refuseRunning();
        } catch (ClusterRefused refused) {
            release(lock);
            throw refused;
        }
        return lock;
    }

    private void refuseRunning() {
        saved().ifPresent(cluster -> {
            if (cluster.nodes().stream().anyMatch(node -> process(node.id()).isPresent())) {
                throw inUse(cluster);
            }
        });
    }

    static void release(FileLock lock) {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileLock lock() {
        try {
            Files.createDirectories(root);
            FileChannel channel =
                    FileChannel.open(root.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw saved().map(this::inUse).orElseGet(() -> new ClusterRefused(root + " is in use"));
            }
            return lock;
        } catch (IOException e) {
            throw new ClusterRefused(root + " cannot be used: " + IoReason.of(e));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException byThisProcess) {
            return null;
        }
    }

    private ClusterRefused inUse(SavedCluster cluster) {
        return new ClusterRefused(root + " is in use by a running cluster on " + cluster.bootstrapServers()
                + "; stop it first, or choose another folder");
    }

    private void refuseForeign() {
        if (!Files.exists(root) || Files.exists(root.resolve(CLUSTER_FILE))) {
            return;
        }
        if (!Files.isDirectory(root)) {
            throw new ClusterRefused(root + " is not a folder");
        }
        try (Stream<Path> files = Files.list(root)) {
            List<Path> others = files.filter(file -> !file.endsWith(LOCK_FILE)).toList();
            if (!others.isEmpty()) {
                throw new ClusterRefused(root + " is not empty and contains no cluster: choose another folder");
            }
        } catch (IOException e) {
            throw new ClusterRefused(root + " cannot be read: " + IoReason.of(e));
        }
    }
}
