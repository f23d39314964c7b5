package io.clinicalstreams.pipeline.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides where a lane begins to read the partitions of its sources. For each partition the first of these holds:
 *
 * <ol>
 *   <li>the lane has run and a changelog of its stores is gone: its state is lost. Kafka Streams would make it anew,
 *       empty, and go on without the open alerts. Only a person can say so, by setting the offsets to where the state
 *       can be built anew from;
 *   <li>its committed offset is still in the log: there;
 *   <li>its committed offset is before the log's start: input expired unread, which has to be accepted; then at the
 *       start;
 *   <li>the group has no committed offset at all, the sources hold records, and the lane has written before: the offsets
 *       were lost. Kafka removes them all at once when a group has had no members for {@code offsets.retention.minutes},
 *       7 days unless the brokers say otherwise. From the log's start the lane would write again what it has written.
 *       Only a person can say where to go on, so it is refused; accepting expired input is no answer;
 *   <li>the log does not start at 0: input expired before this lane read any, as above;
 *   <li>else it is the lane's first start, or a new partition, or a topic that was made anew: at the start, which is 0.
 * </ol>
 *
 * @param group the lane's
 * @param starts where each partition's log starts
 * @param ends where it ends; not before the start
 * @param committed the group's offsets in these partitions; nothing where it has none
 * @param hasWritten whether the lane has ever written anything; it does not matter when there is a committed offset
 * @param lostChangelogs of its stores, that are gone although the lane has run
 */
record StartingPoints(
        String lane,
        String group,
        Map<TopicPartition, Long> starts,
        Map<TopicPartition, Long> ends,
        Map<TopicPartition, Long> committed,
        boolean hasWritten,
        List<String> lostChangelogs) {

    /**
     * What has to be committed before the lane may start.
     *
     * @param acceptExpired go on behind the gap where input expired unread
     * @throws StartupException when input expired unread and that is not accepted, or offsets or state were lost
     */
    Map<TopicPartition, Long> missing(boolean acceptExpired) {
        refuseWhenStateIsLost();
        refuseWhenOffsetsAreLost();
        Map<TopicPartition, Long> missing = new HashMap<>();
        List<TopicPartition> expired = new ArrayList<>();
        starts.forEach((partition, start) -> {
            Long offset = committed.get(partition);
            if (offset == null || offset < start) {
                missing.put(partition, start);
            }
            if ((offset == null ? 0 : offset) < start) {
                expired.add(partition);
            }
        });
        if (!expired.isEmpty() && !acceptExpired) {
            throw new StartupException("lane " + lane + ": input expired unread in " + named(expired)
                    + "; start with --accept-expired-input to go on behind the gap");
        }
        return missing;
    }

    private void refuseWhenOffsetsAreLost() {
        boolean hasInput =
                starts.entrySet().stream().anyMatch(start -> ends.getOrDefault(start.getKey(), 0L) > start.getValue());
        if (committed.isEmpty() && hasWritten && hasInput) {
            throw new StartupException("lane " + lane + " has written before, but its group " + group
                    + " has no committed offset any more, as after a week without a running instance. From the start of"
                    + " the log it would write input again. " + sayWhereToGoOn("--to-datetime TIME")
                    + " (or --to-earliest to write all of it again), then start again");
        }
    }

    private void refuseWhenStateIsLost() {
        if (!lostChangelogs.isEmpty()) {
            throw new StartupException("lane " + lane + " has run before, but " + String.join(", ", lostChangelogs)
                    + " does not exist: its state, open alerts included, is lost. "
                    + sayWhereToGoOn("--to-earliest")
                    + " to build it anew from the input that is still there, then start again");
        }
    }

    private String sayWhereToGoOn(String where) {
        String sources = starts.keySet().stream()
                .map(TopicPartition::topic)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return "Set the offsets of each of " + sources + " with 'kafka-consumer-groups.sh --bootstrap-server HOST:PORT"
                + " --group " + group + " --topic TOPIC --reset-offsets " + where + " --execute'";
    }

    private static String named(List<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::toString).sorted().collect(Collectors.joining(", "));
    }
}
