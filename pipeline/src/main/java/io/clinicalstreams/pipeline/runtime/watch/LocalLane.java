package io.clinicalstreams.pipeline.runtime.watch;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;
import java.util.regex.Pattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What only the lane's own process knows.
 *
 * @param metrics of its clients, those of partitions included
 * @param memberId its {@code group.instance.id}, without the thread's number
 * @param aborts how often input of a partition from its committed offset was begun and not committed
 */
public record LocalLane(
        KafkaStreams streams,
        Supplier<Map<MetricName, ? extends Metric>> metrics,
        RestoreProgress restore,
        String memberId,
        ToIntBiFunction<TopicPartition, Long> aborts) {

    private static final Pattern MAIN_CONSUMER = Pattern.compile("-StreamThread-\\d+-consumer$");

    /** Of the thread that polled for input least recently. */
    public double secondsSincePoll() {
        return metrics.get().values().stream()
                .filter(metric -> metric.metricName().name().equals("last-poll-seconds-ago"))
                .filter(LocalLane::isOfMainConsumer)
                .mapToDouble(LocalLane::number)
                .max()
                .orElse(0);
    }

    /**
     * How long the slowest input of the last 30 to 60 seconds waited, from the brokers' time to its processing here;
     * empty without input. It compares the brokers' clock with this host's.
     */
    OptionalDouble lagSeconds() {
        return metrics.get().values().stream()
                .filter(metric -> metric.metricName().name().equals("record-e2e-latency-max"))
                .filter(metric -> isOfStreamThread(metric.metricName().tags().getOrDefault("thread-id", "")))
                .mapToDouble(LocalLane::number)
                .filter(Double::isFinite)
                .map(millis -> Math.max(0, millis) / 1_000)
                .max();
    }

    /** Not the thread of the rules, whose records may be old. */
    private static boolean isOfStreamThread(String threadId) {
        return threadId.contains("-StreamThread-");
    }

    /** Whether it should process input now. */
    boolean isProcessing() {
        return isRunning() && !streams.isPaused() && !restore.isRestoring();
    }

    boolean isRebalancing() {
        return streams.state() == KafkaStreams.State.REBALANCING && !restore.isRestoring();
    }

    boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /**
     * The committed offsets of the partitions that this process reads and in which input waits: fetched and not yet
     * committed, or not yet fetched. The end of the log does not show this: records of an aborted transaction, which are
     * never processed, may precede it.
     */
    Map<TopicPartition, Long> waiting(Map<TopicPartition, Long> committed) {
        Map<TopicPartition, Double> lags = lags();
        Map<TopicPartition, Long> waiting = new HashMap<>();
        streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .forEach(task -> task.topicPartitions().forEach(partition -> {
                    long next = committed.getOrDefault(partition, 0L);
                    boolean isFetched = task.endOffsets().getOrDefault(partition, -1L) >= next;
                    if (isFetched || lags.getOrDefault(partition, 0.0) > 0) {
                        waiting.put(partition, next);
                    }
                }));
        return waiting;
    }

    /** Partitions whose input was begun at the committed offset and not committed, with how often. */
    Map<TopicPartition, Integer> aborted(Map<TopicPartition, Long> committed) {
        Map<TopicPartition, Integer> aborted = new HashMap<>();
        committed.forEach((partition, offset) -> {
            int count = aborts.applyAsInt(partition, offset);
            if (count > 0) {
                aborted.put(partition, count);
            }
        });
        return aborted;
    }

    private Map<TopicPartition, Double> lags() {
        Map<TopicPartition, Double> lags = new HashMap<>();
        for (Metric metric : metrics.get().values()) {
            Map<String, String> tags = metric.metricName().tags();
            if (metric.metricName().name().equals("records-lag") && isOfMainConsumer(metric)) {
                lags.put(
                        new TopicPartition(
                                tags.getOrDefault("topic", ""), Integer.parseInt(tags.getOrDefault("partition", "-1"))),
                        number(metric));
            }
        }
        return lags;
    }

    private static boolean isOfMainConsumer(Metric metric) {
        return MAIN_CONSUMER
                .matcher(metric.metricName().tags().getOrDefault("client-id", ""))
                .find();
    }

    private static double number(Metric metric) {
        return ((Number) metric.metricValue()).doubleValue();
    }
}
