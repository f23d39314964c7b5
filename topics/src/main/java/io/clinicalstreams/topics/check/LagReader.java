package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.plan.ClusterAnswer;
import io.clinicalstreams.topics.plan.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * How far the lanes are behind, in time, without reading a record: the cluster says which offset was written so long
 * ago, and whoever checks needs no right to see patients' data.
 */
record LagReader(Admin admin, ClusterState state, Instant now) {

    private static final ListOffsetsOptions COMMITTED = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);

    /** Committed offsets of the lanes that have run. */
    Map<Lane, Map<TopicPartition, Long>> committed(List<Lane> lanes) {
        ListConsumerGroupOffsetsSpec everything = new ListConsumerGroupOffsetsSpec();
        ListConsumerGroupOffsetsResult answers = admin.listConsumerGroupOffsets(
                lanes.stream().collect(Collectors.toMap(Lane::applicationId, lane -> everything)));
        Map<Lane, Map<TopicPartition, Long>> committed = new LinkedHashMap<>();
        for (Lane lane : lanes) {
            Map<TopicPartition, Long> offsets = offsets(answers, lane.applicationId());
            if (!offsets.isEmpty()) {
                committed.put(lane, offsets);
            }
        }
        return committed;
    }

    private static Map<TopicPartition, Long> offsets(ListConsumerGroupOffsetsResult answers, String group) {
        try {
            Map<TopicPartition, OffsetAndMetadata> answer =
                    ClusterAnswer.of(answers.partitionsToOffsetAndMetadata(group));
            Map<TopicPartition, Long> offsets = new HashMap<>();
            answer.forEach((partition, offset) -> {
                // The client's library gives null for a partition that nothing was committed for.
                if (Objects.nonNull(offset)) {
                    offsets.put(partition, offset.offset());
                }
            });
            return offsets;
        } catch (GroupIdNotFoundException neverRan) {
            return Map.of();
        }
    }

    /** @param committed of lanes that have run */
    Map<Lane, List<LaneLag>> read(Map<Lane, Map<TopicPartition, Long>> committed) {
        Map<Lane, List<LaneLag>> lags = new LinkedHashMap<>();
        committed.forEach((lane, offsets) -> lags.put(lane, read(lane, offsets)));
        return lags;
    }

    private List<LaneLag> read(Lane lane, Map<TopicPartition, Long> committed) {
        List<TopicPartition> partitions = partitions(lane);
        Duration objective =
                Objects.requireNonNullElse(lane.profile().objectives().maximumLag(), Duration.ZERO);
        OffsetSpec atObjective = OffsetSpec.forTimestamp(now.minus(objective).toEpochMilli());
        LaneLag.Offsets offsets = new LaneLag.Offsets(
                committed,
                list(partitions, OffsetSpec.earliest()),
                list(partitions, OffsetSpec.latest()),
                list(partitions, atObjective));
        return partitions.stream().map(offsets::of).toList();
    }

    private List<TopicPartition> partitions(Lane lane) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic source : lane.sources()) {
            state.topic(source.fullName()).ifPresent(topic -> topic.partitions()
                    .forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition.id()))));
        }
        return partitions;
    }

    /** Partitions without such an offset are left out. */
    private Map<TopicPartition, Long> list(List<TopicPartition> partitions, OffsetSpec which) {
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
