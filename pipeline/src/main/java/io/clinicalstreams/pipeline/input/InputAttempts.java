package io.clinicalstreams.pipeline.input;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
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

    /** After so many attempts, the next one is after this time: an outage that has ended must not stop a lane for good. */
    static final Duration PAUSE = Duration.ofMinutes(10);

    /**
     * @param count how often reading began at the offset
     * @param at the last time
     */
    record Attempt(long offset, int count, Instant at) {

        private static Attempt parse(String stored) {
            String[] parts = stored.split(" ", -1);
            return new Attempt(
                    Long.parseLong(parts[0]),
                    Integer.parseInt(parts[1]),
                    Instant.ofEpochMilli(Long.parseLong(parts[2])));
        }

        private String stored() {
            return offset + " " + count + " " + at.toEpochMilli();
        }
    }

    private final int most;
    private final Path file;
    private final InstantSource clock;
    private final Map<TopicPartition, Attempt> last = new HashMap<>();

    /**
     * @param most attempts at one offset
     * @param file of one lane of one instance; need not exist
     */
    public InputAttempts(int most, Path file, InstantSource clock) {
        this.most = most;
        this.file = file;
        this.clock = clock;
        load();
    }

    /**
     * Reading begins at these offsets, and there is input.
     *
     * @throws RepeatedAbortException if it has begun at one of them often enough, and not long ago
     */
    synchronized void begin(Map<TopicPartition, Long> offsets) {
        if (offsets.isEmpty()) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Map<TopicPartition, Attempt> refused = new HashMap<>();
        Map<TopicPartition, Attempt> begun = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            Attempt before = last.get(partition);
            int count = before == null || before.offset != offset ? 0 : before.count;
            if (before != null && count >= most && !isOver(before.at, now)) {
                refused.put(partition, before);
            }
            begun.put(partition, new Attempt(offset, count + 1, now));
        });
        if (!refused.isEmpty()) {
            throw new RepeatedAbortException(refused);
        }
        last.putAll(begun);
        save();
    }

    /** A clock that was set back also ends the pause. */
    private static boolean isOver(Instant attempted, Instant now) {
        return now.isBefore(attempted) || !now.isBefore(attempted.plus(PAUSE));
    }

    /** Nothing was there to be processed. */
    synchronized void forget(Set<TopicPartition> partitions) {
        if (last.keySet().removeAll(partitions)) {
            save();
        }
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
                last.put(
                        new TopicPartition(
                                partition.substring(0, dash), Integer.parseInt(partition.substring(dash + 1))),
                        Attempt.parse(value.toString()));
            });
        } catch (NoSuchFileException firstStart) {
            // Or a new disk.
        } catch (IOException | RuntimeException unreadable) {
            last.clear();
            warn("cannot read " + file + ": counting of attempts at an offset starts over", unreadable);
        }
    }

    private void save() {
        Properties stored = new Properties();
        last.forEach((partition, attempt) -> stored.put(partition.toString(), attempt.stored()));
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try (Writer writer = Files.newBufferedWriter(written)) {
            stored.store(writer, "partition=offset attempts last-attempt-millis");
        } catch (IOException failure) {
            unwritten(failure);
            return;
        }
        try {
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            unwritten(failure);
        }
    }

    private void unwritten(IOException failure) {
        warn("cannot write " + file + ": attempts at an offset are counted for this process only", failure);
    }

    private static void warn(String message, Exception failure) {
        LOG.atWarn().addKeyValue("reason", failure.getClass().getName()).log(message);
    }
}
