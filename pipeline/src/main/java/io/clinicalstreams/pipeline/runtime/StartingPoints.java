package io.clinicalstreams.pipeline.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides where a lane begins to read the partitions of its sources. For each partition the first of these holds:
 *
 * <ol>
 *   <li>its committed offset is still in the log: there;
 *   <li>its committed offset is before the log's start: input expired unread, which has to be accepted; then at the
 *       start;
 *   <li>no offset is committed for any partition of its topic, which holds records, although the lane has written
 *       before: the offsets were lost, as Kafka removes them when a group has had no members for {@code
 *       offsets.retention.minutes}, 7 days unless the brokers say otherwise. From the log's start the lane would write
 *       again what it has written, and skip what has expired meanwhile. Only a person can say where to go on, so it is
 *       refused; accepting expired input is no answer;
 *   <li>the log does not start at 0: input expired before anybody read it, as above;
 *   <li>else it is the lane's first start, or a new partition: at the start, which is 0.
 * </ol>
 *
 * @param group the lane's
 * @param starts where each partition's log starts
 * @param ends where it ends; not before the start
 * @param committed the group's offsets; nothing where it has none
 * @param hasWritten whether the lane has ever written anything
 */
record StartingPoints(
        String lane,
        String group,
        Map<TopicPartition, Long> starts,
        Map<TopicPartition, Long> ends,
        Map<TopicPartition, Long> committed,
        boolean hasWritten) {

    /**
     * What has to be committed before the lane may start.
     *
     * @param acceptExpired go on behind the gap where input expired unread
     * @throws StartupException when input expired unread and that is not accepted, or the offsets were lost
     */
    Map<TopicPartition, Long> missing(boolean acceptExpired) {
        refuseWhenLost();
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

    private void refuseWhenLost() {
        if (!hasWritten) {
            return;
        }
        TreeSet<String> lost = new TreeSet<>();
        ends.forEach((partition, end) -> {
            if (end > starts.getOrDefault(partition, 0L)) {
                lost.add(partition.topic());
            }
        });
        committed.keySet().forEach(partition -> lost.remove(partition.topic()));
        if (!lost.isEmpty()) {
            throw new StartupException("lane " + lane + " has written before, and its group " + group
                    + " has no committed offset any more in " + String.join(", ", lost)
                    + ": it would write input again, or skip some. Say where to go on with 'kafka-consumer-groups.sh"
                    + " --bootstrap-server HOST:PORT --group " + group
                    + " --topic TOPIC --reset-offsets --to-datetime TIME --execute', then start again");
        }
    }

    private static String named(List<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::toString).sorted().collect(Collectors.joining(", "));
    }
}
