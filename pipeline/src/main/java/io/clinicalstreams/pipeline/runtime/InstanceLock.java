package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.problem.IoReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures that only one process at a time runs a lane with an instance id on the same disk. A killed process leaves an
 * open transaction, which hides later records from readers until it times out. Streams could abort it, but without a
 * store on disk it gives each process a new id; so each process stores its producers' transactional ids for the next
 * one.
 */
final class InstanceLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InstanceLock.class);
    private static final int FENCE_TIMEOUT_MILLIS = 10_000;

    private final String lane;
    private final Path producers;
    private final FileChannel lock;

    private InstanceLock(String lane, Path producers, FileChannel lock) {
        this.lane = lane;
        this.producers = producers;
        this.lock = lock;
    }

    /**
     * Takes the lock until it is closed or the process ends in any way.
     *
     * @param directory of this instance only; outlives the process
     * @throws StartupException if another process has the lock, or the directory is not writable
     */
    static InstanceLock claim(String lane, String applicationId, Path directory) {
        try {
            Files.createDirectories(directory);
            // A separate file, because closing any other channel of a locked file would release the lock.
            FileChannel lock = FileChannel.open(
                    directory.resolve(applicationId + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isTaken(lock)) {
                return new InstanceLock(lane, directory.resolve(applicationId + ".producers"), lock);
            }
            lock.close();
        } catch (IOException failure) {
            throw new StartupException("cannot use the state directory " + directory + ": " + IoReason.of(failure));
        }
        throw new StartupException("lane " + lane + ": another process runs under this instance id in " + directory
                + "; give each its own --instance-id");
    }

    private static boolean isTaken(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() == null;
        } catch (OverlappingFileLockException inThisProcess) {
            return true;
        }
    }

    /** Aborts the transactions that the previous process left open. If that fails, they end when they time out. */
    void fencePredecessor(Admin admin) {
        try {
            FenceProducersOptions options = new FenceProducersOptions().timeoutMs(FENCE_TIMEOUT_MILLIS);
            ClusterAnswer.of(
                    admin.fenceProducers(Files.readAllLines(producers), options).all());
        } catch (NoSuchFileException thereWasNone) {
            // The first start, or a new disk.
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (IOException | KafkaException failure) {
            LOG.atWarn()
                    .addKeyValue("lane", lane)
                    .addKeyValue("reason", failure.getClass().getName())
                    .log("could not abort the previous process's transactions; they end when they time out");
        }
    }

    /**
     * Stores the transactional ids of the lane that is about to start. A transactional id is the client id, which
     * consists of application id and process id, and the thread's number.
     *
     * @param threads the maximum number at one time
     */
    void note(KafkaStreams streams, int threads) {
        List<String> transactionalIds = streams.metrics().keySet().stream()
                .filter(metric -> metric.group().equals("stream-metrics"))
                .map(metric -> metric.tags().getOrDefault("client-id", ""))
                .distinct()
                .flatMap(name -> IntStream.rangeClosed(1, threads).mapToObj(thread -> name + '-' + thread))
                .toList();
        try {
            Files.write(producers, transactionalIds);
        } catch (IOException failure) {
            throw new StartupException("cannot write " + producers + ": " + IoReason.of(failure));
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            LOG.atWarn().addKeyValue("lane", lane).log("could not release the lock of the state directory");
        }
    }
}
