package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
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
 * One process after another runs a lane under an instance id, never two at once on the same disk. A process that was
 * killed leaves a transaction open, which hides from readers what comes behind it until it times out. Streams could end
 * it, but without a store on disk gives each process another name; so each notes its producers' names for the next.
 */
final class InstanceLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InstanceLock.class);
    private static final int PATIENCE_MILLIS = 10_000;

    private final String lane;
    private final Path producers;
    private final FileChannel lock;

    private InstanceLock(String lane, Path producers, FileChannel lock) {
        this.lane = lane;
        this.producers = producers;
        this.lock = lock;
    }

    /**
     * Takes the instance's place until it is closed, or until the process ends, however that happens.
     *
     * @param directory the instance's own; it outlives the process
     * @throws StartupException when another process has it, or the directory cannot be written
     */
    static InstanceLock claim(String lane, String applicationId, Path directory) {
        try {
            Files.createDirectories(directory);
            // A file of its own: closing any other channel of a locked file would give the lock up.
            FileChannel lock = FileChannel.open(
                    directory.resolve(applicationId + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isTaken(lock)) {
                return new InstanceLock(lane, directory.resolve(applicationId + ".producers"), lock);
            }
            lock.close();
        } catch (IOException failure) {
            throw new StartupException("cannot use the state directory " + directory + ": "
                    + failure.getClass().getSimpleName());
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

    /** Ends what the last process left open. Where that fails it ends by its timeout. */
    void fencePredecessor(Admin admin) {
        try {
            FenceProducersOptions options = new FenceProducersOptions().timeoutMs(PATIENCE_MILLIS);
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
                    .log("could not end what the last process left open; it ends by its timeout");
        }
    }

    /**
     * Notes the producers of the lane that is about to start. A transactional id is the client's name, which is made of
     * the application's and the process's, and the number of the thread.
     *
     * @param threads at most so many at once
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
            throw new StartupException(
                    "cannot write " + producers + ": " + failure.getClass().getSimpleName());
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            LOG.atWarn().addKeyValue("lane", lane).log("could not give up the lock of the state directory");
        }
    }
}
