package io.clinicalstreams.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

/** A topic on a cluster is held against the catalogue, and only in what the catalogue says. */
class TopicDriftTest {

    private final Topic wanted = Catalogue.load("development").topic(TopicNames.ALERT_RULE);

    @Test
    void findsNothingWhereTheTopicIsAsWanted() {
        assertThat(TopicDrift.between(wanted, topic(1, 1), settings(Map.of("flush.ms", "5"))))
                .isEmpty();
    }

    @Test
    void findsPartitionsReplicationAndSettings() {
        assertThat(TopicDrift.between(wanted, topic(2, 3), settings(Map.of("segment.ms", "5"))))
                .containsExactly(
                        "partitions is 2, the catalogue says 1",
                        "replication is 3, the catalogue says 1",
                        "segment.ms is 5, the catalogue says 3600000");
    }

    private TopicDescription topic(int partitions, int replication) {
        List<Node> replicas = IntStream.range(0, replication)
                .mapToObj(id -> new Node(id, "localhost", 9092))
                .toList();
        return new TopicDescription(
                wanted.fullName(),
                false,
                IntStream.range(0, partitions)
                        .mapToObj(id -> new TopicPartitionInfo(id, replicas.get(0), replicas, replicas))
                        .toList());
    }

    private Config settings(Map<String, String> different) {
        Map<String, String> all = new TreeMap<>(wanted.settings().plain());
        all.putAll(different);
        return new Config(all.entrySet().stream()
                .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
                .toList());
    }
}
