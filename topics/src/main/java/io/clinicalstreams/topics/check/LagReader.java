package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ActualPartition;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the lanes' lag in time without reading a record: the cluster returns the offset written that long ago, so the
 * check needs no right to read patient data. Partitions without a leader are skipped, because a request for them would
 * only time out.
 */
record LagReader(Admin admin, Catalogue catalogue, ClusterState state, Instant now) {

    private static final ListOffsetsOptions COMMITTED = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);

    List<LaneProgress> read(LaneArtifacts artifacts) {
        return catalogue.lanes().stream().map(lane -> read(lane, artifacts)).toList();
    }

    private LaneProgress read(Lane lane, LaneArtifacts artifacts) {
        List<TopicPartition> leaderless = partitions(lane, false);
        List<TopicPartition> led = partitions(lane, true);
        Duration objective =
                Objects.requireNonNullElse(lane.profile().objectives().maximumLag(), Duration.ZERO);
        OffsetSpec atObjective = OffsetSpec.forTimestamp(now.minus(objective).toEpochMilli());
        Map<TopicPartition, Long> committed = artifacts.committed(lane);
        Map<TopicPartition, Long> start = list(led, OffsetSpec.earliest());
        Map<TopicPartition, Long> end = list(led, OffsetSpec.latest());
        Map<TopicPartition, Long> withinObjective = list(led, atObjective);
        List<LaneLag> lags = led.stream()
                .map(partition -> new LaneLag(
                        partition,
                        committed.get(partition),
                        start.getOrDefault(partition, 0L),
                        end.getOrDefault(partition, 0L),
                        withinObjective.get(partition),
                        isWrittenInTransactions(partition.topic())))
                .toList();
        return new LaneProgress(lane, artifacts.hasCommitted(lane), lags, leaderless);
    }

    private List<TopicPartition> partitions(Lane lane, boolean withLeader) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic source : lane.sources()) {
            state.topic(source.fullName()).ifPresent(topic -> topic.partitions().stream()
                    .filter(partition -> partition.hasLeader() == withLeader)
                    .map(ActualPartition::id)
                    .forEach(id -> partitions.add(new TopicPartition(topic.name(), id))));
        }
        return partitions;
    }

    /** A topic that a lane writes is written only by lanes. */
    private boolean isWrittenInTransactions(String topic) {
        return catalogue.lanes().stream()
                .filter(Lane::isExactlyOnce)
                .flatMap(lane -> lane.sinks().stream())
                .anyMatch(sink -> sink.fullName().equals(topic));
    }

    /** Partitions without such an offset are left out. */
    private Map<TopicPartition, Long> list(List<TopicPartition> partitions, OffsetSpec which) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, ListOffsetsResultInfo> answer = ClusterAnswer.of(
                admin.listOffsets(partitions.stream().collect(Collectors.toMap(each -> each, each -> which)), COMMITTED)
                        .all());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answer.forEach((partition, info) -> {
            if (info.offset() >= 0) {
                offsets.put(partition, info.offset());
            }
        });
        return offsets;
    }
}
