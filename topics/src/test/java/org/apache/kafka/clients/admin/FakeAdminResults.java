package org.apache.kafka.clients.admin;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSynonym;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigType;
import org.apache.kafka.clients.admin.CreateTopicsResult.TopicMetadataAndConfig;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.QuorumInfo.ReplicaState;
import org.apache.kafka.clients.admin.internals.CoordinatorKey;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.jspecify.annotations.Nullable;

/** An admin client's answers, created by tests; only classes in this package can create them. */
public final class FakeAdminResults {

    private FakeAdminResults() {}

    public static DescribeClusterResult cluster(int brokers) {
        List<Node> nodes = IntStream.range(0, brokers)
                .mapToObj(id -> new Node(id, "broker-" + id, 9092))
                .toList();
        return new DescribeClusterResult(
                KafkaFuture.<Collection<Node>>completedFuture(nodes),
                KafkaFuture.completedFuture(nodes.get(0)),
                KafkaFuture.completedFuture("in-mind"),
                KafkaFuture.completedFuture(Set.of()));
    }

    /** @param metadataVersion the highest level that the broker supports */
    public static DescribeFeaturesResult features(int metadataVersion) {
        return new DescribeFeaturesResult(KafkaFuture.completedFuture(new FeatureMetadata(
                Map.of(), Optional.empty(), Map.of("metadata.version", new SupportedVersionRange((short) 7, (short)
                        metadataVersion)))));
    }

    /** @param read the offset up to which each node has read the metadata log; the first is the leader */
    public static DescribeMetadataQuorumResult quorum(List<Long> read) {
        List<ReplicaState> voters = IntStream.range(0, read.size())
                .mapToObj(id ->
                        new ReplicaState(id, Uuid.ZERO_UUID, read.get(id), OptionalLong.empty(), OptionalLong.empty()))
                .toList();
        return new DescribeMetadataQuorumResult(
                KafkaFuture.completedFuture(new QuorumInfo(0, 1, read.get(0), voters, List.of(), Map.of())));
    }

    public static DescribeTopicsResult topics(Map<String, KafkaFuture<TopicDescription>> answers) {
        return DescribeTopicsResult.ofTopicNames(answers);
    }

    public static DescribeConfigsResult configs(Map<ConfigResource, KafkaFuture<Config>> answers) {
        return new DescribeConfigsResult(answers);
    }

    /** @param inherited null if the cluster does not report it */
    public static ConfigEntry entry(String name, String value, boolean setOnTopic, @Nullable String inherited) {
        ConfigSource source = setOnTopic ? ConfigSource.DYNAMIC_TOPIC_CONFIG : ConfigSource.DEFAULT_CONFIG;
        List<ConfigSynonym> synonyms = inherited == null
                ? List.of()
                : List.of(new ConfigSynonym(name, inherited, ConfigSource.DEFAULT_CONFIG));
        return new ConfigEntry(name, value, source, false, false, synonyms, ConfigType.STRING, null);
    }

    public static CreateTopicsResult created(Map<String, KafkaFuture<Void>> answers) {
        TopicMetadataAndConfig unread = new TopicMetadataAndConfig(Uuid.ZERO_UUID, 1, 1, new Config(List.of()));
        Map<String, KafkaFuture<TopicMetadataAndConfig>> full = new HashMap<>();
        answers.forEach((name, answer) -> full.put(name, answer.thenApply(nothing -> unread)));
        return new CreateTopicsResult(full);
    }

    public static AlterConfigsResult altered(Map<ConfigResource, KafkaFuture<Void>> answers) {
        return new AlterConfigsResult(answers);
    }

    public static CreatePartitionsResult partitions(Map<String, KafkaFuture<Void>> answers) {
        return new CreatePartitionsResult(answers);
    }

    public static DescribeAclsResult rules(KafkaFuture<Collection<AclBinding>> answer) {
        return new DescribeAclsResult(answer);
    }

    public static CreateAclsResult createdRules(Map<AclBinding, KafkaFuture<Void>> answers) {
        return new CreateAclsResult(answers);
    }

    public static ListTopicsResult names(Set<String> topics) {
        return new ListTopicsResult(KafkaFuture.completedFuture(topics.stream()
                .collect(Collectors.toMap(name -> name, name -> new TopicListing(name, Uuid.ZERO_UUID, false)))));
    }

    public static ListConsumerGroupOffsetsResult nothingCommitted(Set<String> groups) {
        return new ListConsumerGroupOffsetsResult(groups.stream()
                .collect(Collectors.toMap(
                        CoordinatorKey::byGroupId,
                        group -> KafkaFuture.<Map<TopicPartition, OffsetAndMetadata>>completedFuture(Map.of()))));
    }

    /** @param offset of each partition */
    public static ListOffsetsResult offsets(Set<TopicPartition> partitions, long offset) {
        return offsets(partitions.stream().collect(Collectors.toMap(each -> each, each -> offset)));
    }

    public static ListOffsetsResult offsets(Map<TopicPartition, Long> offsets) {
        return new ListOffsetsResult(offsets.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        each -> KafkaFuture.completedFuture(
                                new ListOffsetsResultInfo(each.getValue(), -1, Optional.empty())))));
    }

    /** @param producer the only one of each partition */
    public static DescribeProducersResult producers(Collection<TopicPartition> partitions, ProducerState producer) {
        return new DescribeProducersResult(partitions.stream()
                .collect(Collectors.toMap(
                        each -> each,
                        each -> KafkaFuture.completedFuture(new PartitionProducerState(List.of(producer))))));
    }

    public static ListTransactionsResult transactions(Collection<TransactionListing> listed) {
        KafkaFutureImpl<Collection<TransactionListing>> ofBroker = new KafkaFutureImpl<>();
        boolean unused = ofBroker.complete(listed);
        return new ListTransactionsResult(KafkaFuture.completedFuture(Map.of(0, ofBroker)));
    }

    /** By transactional id. */
    public static DescribeTransactionsResult described(Map<String, KafkaFuture<TransactionDescription>> answers) {
        return new DescribeTransactionsResult(answers.entrySet().stream()
                .collect(Collectors.toMap(
                        each -> CoordinatorKey.byTransactionalId(each.getKey()), Map.Entry::getValue)));
    }

    public static AbortTransactionResult aborted(TopicPartition partition) {
        return new AbortTransactionResult(Map.of(partition, KafkaFuture.completedFuture(null)));
    }

    /** The time that it asks for, in milliseconds since 1970. */
    public static long timestamp(OffsetSpec spec) {
        return ((OffsetSpec.TimestampSpec) spec).timestamp();
    }
}
