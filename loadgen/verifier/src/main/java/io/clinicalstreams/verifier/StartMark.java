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
 * A mark that can be kept: where topics ended, with what tells whether they still are the same.
 *
 * @param cluster its id
 * @param topics by full name
 */
public record StartMark(String cluster, Map<String, TopicStart> topics) {

    /**
     * Of one topic.
     *
     * @param id another once the topic was deleted and created anew
     * @param offsets where each partition ended
     * @param processed of an input, up to where the lanes had processed each partition; empty for an output
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

    /** Where the topics ended. */
    public Mark ends() {
        return mark(TopicStart::offsets);
    }

    /** Up to where the inputs were processed. */
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

    /** Topics that were deleted and created anew between this mark and a later one. */
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
