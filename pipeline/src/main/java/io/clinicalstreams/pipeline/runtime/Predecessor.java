package io.clinicalstreams.pipeline.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that ran a lane under this instance id before this one. Killed, it leaves a transaction open, and that
 * hides from readers what comes after it until it times out. Streams could end it, but without a store on disk gives
 * each process a name of its own and forgets the last one's; so the names of its producers are kept in a file.
 */
final class Predecessor {

    private static final Logger LOG = LoggerFactory.getLogger(Predecessor.class);
    private static final int PATIENCE_MILLIS = 10_000;

    private final String lane;
    private final Path file;

    /** @param directory this instance's own; it outlives the process */
    Predecessor(String lane, String applicationId, Path directory) {
        this.lane = lane;
        this.file = directory.resolve(applicationId + ".producers");
    }

    /** Ends its open transactions and keeps it from ever writing again. Where that fails they end by their timeout. */
    void fence(Admin admin) throws InterruptedException {
        try {
            List<String> transactionalIds = Files.readAllLines(file);
            admin.fenceProducers(transactionalIds, new FenceProducersOptions().timeoutMs(PATIENCE_MILLIS))
                    .all()
                    .get();
        } catch (NoSuchFileException thereWasNone) {
            // The first start, or a new disk.
        } catch (IOException | ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            LOG.atWarn()
                    .addKeyValue("lane", lane)
                    .addKeyValue("reason", cause.getClass().getName())
                    .log("could not end what the last process left open; it ends by its timeout");
        }
    }

    /**
     * Notes the producers of the lane that is about to start.
     *
     * @param threads at most so many at once
     */
    void becomes(KafkaStreams streams, int threads) {
        // The client's name is application id and process id; its producers' transactional ids add the thread's number.
        List<String> transactionalIds = streams.metrics().keySet().stream()
                .filter(metric -> metric.group().equals("stream-metrics"))
                .map(metric -> metric.tags().get("client-id"))
                .distinct()
                .flatMap(name -> IntStream.rangeClosed(1, threads).mapToObj(thread -> name + '-' + thread))
                .toList();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, transactionalIds);
        } catch (IOException failure) {
            throw new StartupException("cannot write to the state directory: " + failure.getMessage());
        }
    }
}
