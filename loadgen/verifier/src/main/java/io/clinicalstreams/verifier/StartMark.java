package io.clinicalstreams.verifier;

import io.clinicalstreams.verifier.source.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * A mark that can be saved: the topics' end offsets, and the ids that show whether the topics are still the same.
 *
 * @param cluster its id
 * @param topics by full name
 */
public record StartMark(String cluster, Map<String, TopicStart> topics) {

    /**
     * The mark of one topic.
     *
     * @param id the topic id; it changes when the topic is deleted and recreated
     * @param offsets the end of each partition
     * @param processed for an input, the offset that the lanes had reached in each partition; empty for an output
     */
    public record TopicStart(String id, List<Long> offsets, List<Long> processed) {}

    static StartMark of(String cluster, Map<String, String> ids, Mark ends, Mark processed) {
        Map<String, TopicStart> topics = new TreeMap<>();
        ids.forEach((name, id) -> {
            List<Long> offsets = new ArrayList<>();
            List<Long> taken = new ArrayList<>();
            TopicPartition partition = new TopicPartition(name, 0);
            while (ends.offsets().containsKey(partition)) {
                offsets.add(ends.of(partition));
                if (processed.offsets().containsKey(partition)) {
                    taken.add(processed.of(partition));
                }
                partition = new TopicPartition(name, offsets.size());
            }
            topics.put(name, new TopicStart(id, offsets, taken));
        });
        return new StartMark(cluster, topics);
    }

    /** The end offsets of the topics. */
    public Mark ends() {
        return mark(TopicStart::offsets);
    }

    /** The offsets up to which the inputs were processed. */
    public Mark processed() {
        return mark(TopicStart::processed);
    }

    private Mark mark(Function<TopicStart, List<Long>> offsets) {
        Map<TopicPartition, Long> all = new HashMap<>();
        topics.forEach((name, topic) -> {
            List<Long> each = offsets.apply(topic);
            for (int partition = 0; partition < each.size(); partition++) {
                all.put(new TopicPartition(name, partition), each.get(partition));
            }
        });
        return new Mark(all);
    }

    /** Topics that were deleted and recreated between this mark and a later one. */
    public List<String> createdAnew(StartMark later) {
        return topics.entrySet().stream()
                .filter(each -> {
                    TopicStart now = later.topics().get(each.getKey());
                    return now != null && !now.id().equals(each.getValue().id());
                })
                .map(Map.Entry::getKey)
                .toList();
    }
}
