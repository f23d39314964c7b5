package io.clinicalstreams.pipeline.input;

import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import java.util.List;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How the lanes of a process share its heap: what is fixed, and what remains for stream threads to buffer and for their
 * consumers to fetch.
 *
 * @param bufferBytes input that one thread may hold in Kafka Streams' buffers, beyond one record for each partition
 * @param fetchBytes compressed batches that one consumer may hold
 * @param sum in words, in MiB
 */
public record MemoryPlan(long bufferBytes, long fetchBytes, String sum) {

    /** The limit on a record of a topic, uncompressed. */
    public static final String INFLATED = "max.decompressed.message.bytes";

    private static final long MIB = 1 << 20;

    /** The lanes reject a larger value unread. */
    private static final long MOST_READ = 32 * MIB;

    /** More does not make a lane faster: a poll returns at most this much. */
    private static final long MOST_BUFFER = 64 * MIB;

    /** The input as read, its resources as written, and the record that a producer builds. */
    private static final int COPIES_AT_WORK = 3;

    /** Of the heap, for everything else: classes' data, metrics, clients, and what the collector needs. */
    private static final int MARGIN_PERCENT = 15;

    /**
     * What one lane needs.
     *
     * @param partitions of all its sources; other instances may be down
     * @param largestRecord of its input, in bytes
     * @param producerBytes buffer of a thread's producer
     * @param stateBytes of all its stores
     * @param restores whether each thread has a second consumer, which reads changelogs while the thread processes input
     * @param readsReferences whether it has a consumer for reference data
     */
    public record LaneNeeds(
            int threads,
            int partitions,
            long largestRecord,
            long producerBytes,
            long fetchBytes,
            long stateBytes,
            boolean restores,
            boolean readsReferences) {

        int consumers() {
            return (restores ? 2 : 1) * threads + (readsReferences ? 1 : 0);
        }

        long records() {
            return (partitions + (long) threads * COPIES_AT_WORK) * largestRecord;
        }

        long producers() {
            return threads * producerBytes;
        }
    }

    /**
     * @param heap the most that the process may use, in bytes
     * @throws CommandException with all figures if the heap is too small
     */
    public static MemoryPlan of(long heap, List<LaneNeeds> lanes) {
        long records = lanes.stream().mapToLong(LaneNeeds::records).sum();
        long producers = lanes.stream().mapToLong(LaneNeeds::producers).sum();
        long state = lanes.stream().mapToLong(LaneNeeds::stateBytes).sum();
        int threads = lanes.stream().mapToInt(LaneNeeds::threads).sum();
        int consumers = lanes.stream().mapToInt(LaneNeeds::consumers).sum();
        long largest = lanes.stream().mapToLong(LaneNeeds::largestRecord).max().orElse(0);
        long fixed = records + producers + state;
        long margin = heap * MARGIN_PERCENT / 100;
        long share = (heap - margin - fixed) / (threads + consumers);
        long buffer = Math.max(largest, Math.min(MOST_BUFFER, share));
        long fetch = Math.max(
                largest,
                Math.min(lanes.stream().mapToLong(LaneNeeds::fetchBytes).max().orElse(0), share));
        long buffers = threads * buffer;
        long batches = consumers * fetch;
        String sum = ("heap %d MiB, needed %d MiB = records %d (one of %.1f for each partition, %d for each thread)"
                        + " + input buffers %d + fetched batches %d + producers %d + state %d + margin %d")
                .formatted(
                        heap / MIB,
                        inMiB(fixed + margin + buffers + batches),
                        inMiB(records),
                        (double) largest / MIB,
                        COPIES_AT_WORK,
                        inMiB(buffers),
                        inMiB(batches),
                        inMiB(producers),
                        inMiB(state),
                        inMiB(margin));
        if (share < largest) {
            long least = (fixed + (threads + consumers) * largest) * 100 / (100 - MARGIN_PERCENT);
            throw new CommandException(
                    ExitCode.WRONG_USAGE,
                    "the heap is too small: " + sum + ". Give at least -Xmx" + inMiB(least)
                            + "m, or run one lane per process (--lane), or set kafka.num.stream.threads,"
                            + " kafka.buffer.memory or alerting.patients lower");
        }
        return new MemoryPlan(buffer, fetch, sum);
    }

    /** Without a limit on what a record inflates to, the plan assumes that it does not. */
    public static long largestRecord(Topic source) {
        SettingDefinitions definitions = new SettingDefinitions();
        long inflated = Long.parseLong(
                definitions.inEffect(source.settings(), Section.TOPIC, INFLATED).orElseThrow());
        return inflated <= MOST_READ
                ? inflated
                : Long.parseLong(definitions
                        .inEffect(source.settings(), Section.TOPIC, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                        .orElseThrow());
    }

    private static long inMiB(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }
}
