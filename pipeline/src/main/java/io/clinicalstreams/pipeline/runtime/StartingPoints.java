package io.clinicalstreams.pipeline.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides where a lane begins to read the partitions of its sources. For each partition, the first of these applies:
 *
 * <ol>
 *   <li>the lane has run and a changelog of its stores is missing or empty: its state is lost. Kafka Streams would create an
 *       empty one and continue without the open alerts. Only an operator can decide this, by setting the offsets to
 *       where the state can be rebuilt from. A store that is new in this version looks the same; its changelog has to be
 *       created before the upgrade;
 *   <li>its committed offset is still in the log: at that offset;
 *   <li>its committed offset is before the log's start: input expired unread. If that is accepted, at the start;
 *   <li>the group has no committed offset, the sources contain records, and the lane has written before: the offsets
 *       were lost. Kafka deletes all of them if a group has had no members for {@code offsets.retention.minutes}, 7
 *       days by default. From the log's start, the lane would write its output again. Only an operator can decide where
 *       to continue, so the lane does not start, even if expired input is accepted;
 *   <li>the log does not start at 0: input expired before this lane read any, as above;
 *   <li>else it is the lane's first start, a new partition, or a recreated topic: at the start, which is 0.
 * </ol>
 *
 * @param group of the lane
 * @param starts log start offset by partition
 * @param ends log end offset by partition; not before the start
 * @param committed the group's offsets; partitions without one are absent
 * @param hasWritten whether the lane has ever written anything; ignored if there is a committed offset
 * @param lostChangelogs changelogs of its stores that are missing or empty although the lane has run, each with what it is
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
     * The offsets to commit before the lane may start.
     *
     * @param acceptExpired continue after the gap if input expired unread
     * @throws StartupException if input expired unread and that is not accepted, or offsets or state were lost
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
            throw new StartupException("lane " + lane + ": input expired unread in " + names(expired)
                    + "; start with --accept-expired-input to continue after the gap");
        }
        return missing;
    }

    private void refuseWhenOffsetsAreLost() {
        boolean hasInput =
                starts.entrySet().stream().anyMatch(start -> ends.getOrDefault(start.getKey(), 0L) > start.getValue());
        if (committed.isEmpty() && hasWritten && hasInput) {
            throw new StartupException("lane " + lane + " has written before, but its group " + group
                    + " now has no committed offsets, for example after a week without a running instance. From the"
                    + " start of the log it would write its output again. " + howToSetOffsets("--to-datetime TIME")
                    + " (or --to-earliest to write all of it again), then start again");
        }
    }

    private void refuseWhenStateIsLost() {
        if (!lostChangelogs.isEmpty()) {
            throw new StartupException("lane " + lane + " has run before, but " + String.join(", ", lostChangelogs)
                    + ": its state, including open alerts, is lost. "
                    + howToSetOffsets("--to-earliest")
                    + " to rebuild it from the remaining input, then start again. If its store is new in this version,"
                    + " nothing is lost: create the topic instead, compacted, with the partitions of the sources");
        }
    }

    private String howToSetOffsets(String where) {
        String sources = starts.keySet().stream()
                .map(TopicPartition::topic)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return "Set the offsets of each of " + sources + " with 'kafka-consumer-groups.sh --bootstrap-server HOST:PORT"
                + " --group " + group + " --topic TOPIC --reset-offsets " + where + " --execute'";
    }

    private static String names(List<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::toString).sorted().collect(Collectors.joining(", "));
    }
}
