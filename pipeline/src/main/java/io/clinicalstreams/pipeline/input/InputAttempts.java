package io.clinicalstreams.pipeline.input;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts how often a lane began to read each partition's waiting input from the same offset. Each time but the last, the
 * transaction was aborted or the process ended before it was committed. The counts are in a file, because what kills a
 * process must be counted too.
 */
public final class InputAttempts {

    private static final Logger LOG = LoggerFactory.getLogger(InputAttempts.class);

    /** @param count how often reading began at the offset */
    private record Attempt(long offset, int count) {}

    private final int most;
    private final Path file;
    private final Map<TopicPartition, Attempt> last = new HashMap<>();

    /**
     * @param most attempts at one offset
     * @param file of one lane of one instance; need not exist
     */
    public InputAttempts(int most, Path file) {
        this.most = most;
        this.file = file;
        load();
    }

    /**
     * Reading begins at these offsets, and there is input.
     *
     * @throws RepeatedAbortException if it has begun at one of them often enough
     */
    synchronized void begin(Map<TopicPartition, Long> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        offsets.forEach((partition, offset) -> {
            Attempt before = last.get(partition);
            int count = before == null || before.offset != offset ? 0 : before.count;
            if (count >= most) {
                throw new RepeatedAbortException(partition, offset, count);
            }
            last.put(partition, new Attempt(offset, count + 1));
        });
        save();
    }

    /**
     * How often input from the offset that is committed now was begun without being committed.
     *
     * @param committed the partition's committed offset
     */
    public synchronized int aborts(TopicPartition partition, long committed) {
        Attempt attempt = last.get(partition);
        return attempt == null || attempt.offset != committed ? 0 : attempt.count - 1;
    }

    private void load() {
        Properties stored = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            stored.load(reader);
            stored.forEach((name, value) -> {
                String partition = name.toString();
                int dash = partition.lastIndexOf('-');
                String[] parts = value.toString().split(" ", -1);
                last.put(
                        new TopicPartition(
                                partition.substring(0, dash), Integer.parseInt(partition.substring(dash + 1))),
                        new Attempt(Long.parseLong(parts[0]), Integer.parseInt(parts[1])));
            });
        } catch (IOException | RuntimeException unreadable) {
            // The first start, a new disk, or a damaged file: counting starts over.
            last.clear();
        }
    }

    private void save() {
        Properties stored = new Properties();
        last.forEach((partition, attempt) -> stored.put(partition.toString(), attempt.offset + " " + attempt.count));
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try (Writer writer = Files.newBufferedWriter(written)) {
            stored.store(writer, "partition=offset attempts");
        } catch (IOException failure) {
            warn(failure);
            return;
        }
        try {
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            warn(failure);
        }
    }

    private void warn(IOException failure) {
        LOG.atWarn()
                .addKeyValue("reason", failure.getClass().getName())
                .log("cannot write " + file + ": attempts at an offset are counted for this process only");
    }
}
