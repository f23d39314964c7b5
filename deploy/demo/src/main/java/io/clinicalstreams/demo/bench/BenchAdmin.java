package io.clinicalstreams.demo.bench;

import io.clinicalstreams.demo.DemoCluster;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.plan.TopicsOnCluster;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** The few admin calls that a bench needs. */
final class BenchAdmin implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Admin admin;

    BenchAdmin(DemoCluster cluster) {
        admin = Admin.create(ClusterAnswer.within(PATIENCE, cluster.client(Map.of())));
    }

    Admin admin() {
        return admin;
    }

    /** Creates the missing topics and returns their names. */
    Set<String> createMissing(Catalogue catalogue) {
        return TopicsOnCluster.createMissing(catalogue, admin);
    }

    Set<String> topics() {
        return ClusterAnswer.of(admin.listTopics().names());
    }

    Set<String> groups() {
        return ClusterAnswer.of(admin.listGroups().all()).stream()
                .map(GroupListing::groupId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The sum of a topic's end offsets. */
    long end(Topic topic) {
        return offsets(topic).values().stream().mapToLong(end -> end.offset()).sum();
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Topic topic) {
        Map<TopicPartition, OffsetSpec> ends =
                partitions(topic).collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        return ClusterAnswer.of(admin.listOffsets(ends).all());
    }

    /** Commits offset zero for a group, on topics created for it. */
    void startAtZero(String group, List<Topic> topics) {
        Map<TopicPartition, OffsetAndMetadata> starts = topics.stream()
                .flatMap(BenchAdmin::partitions)
                .collect(Collectors.toMap(Function.identity(), partition -> new OffsetAndMetadata(0)));
        ClusterAnswer.of(admin.alterConsumerGroupOffsets(group, starts).all());
    }

    /** Commits the end of a topic for a group. */
    void startAtEnd(String group, Topic topic) {
        Map<TopicPartition, OffsetAndMetadata> ends = offsets(topic).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        end -> new OffsetAndMetadata(end.getValue().offset())));
        ClusterAnswer.of(admin.alterConsumerGroupOffsets(group, ends).all());
    }

    /** Whether a group's members have their partitions. */
    boolean isStable(String group) {
        return ClusterAnswer.of(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                .allMatch(description -> description.groupState() == GroupState.STABLE);
    }

    /** Removes the members of a process that was ended. */
    void removeMembers(String group) {
        ClusterAnswer.of(admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                .all());
    }

    void deleteTopics(Collection<String> names) {
        Set<String> present = topics();
        ClusterAnswer.of(
                admin.deleteTopics(names.stream().filter(present::contains).toList())
                        .all());
    }

    void deleteGroups(Collection<String> groups) {
        Set<String> present = groups();
        ClusterAnswer.of(admin.deleteConsumerGroups(
                        groups.stream().filter(present::contains).toList())
                .all());
    }

    private static Stream<TopicPartition> partitions(Topic topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.fullName(), partition));
    }

    @Override
    public void close() {
        admin.close();
    }
}
