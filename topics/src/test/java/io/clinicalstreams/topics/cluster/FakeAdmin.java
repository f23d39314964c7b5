package io.clinicalstreams.topics.cluster;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.FakeAdminResults;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.jspecify.annotations.Nullable;

/**
 * The admin client of a simulated cluster, for what a real one cannot do on cue: change while the user decides, answer
 * late, or propagate changes to its brokers slowly.
 */
@SuppressWarnings("CanIgnoreReturnValueSuggester") // whoever sets it up goes on with it
public final class FakeAdmin implements InvocationHandler {

    private final FakeCluster cluster;
    private final Map<String, Deque<Runnable>> hooks = new HashMap<>();
    private final Set<String> silent = new HashSet<>();
    private final Map<String, KafkaException> refusals = new HashMap<>();
    private final Set<String> hidden = new HashSet<>();
    private final List<String> calls = new ArrayList<>();
    private @Nullable Set<AclBinding> rules;
    private @Nullable ClusterState old;
    private int oldAnswers;
    private int delay;
    private int behind;
    private int metadataVersion = 33;
    private final Map<String, String> brokerSettings = new HashMap<>();

    public FakeAdmin(FakeCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * An action just before the answer to the next call of this name; a second one applies to the call after it, and so
     * on.
     */
    public FakeAdmin before(String call, Runnable hook) {
        hooks.computeIfAbsent(call, name -> new ArrayDeque<>()).add(hook);
        return this;
    }

    /** Changes of this topic are applied but never answered. */
    public FakeAdmin silentAbout(String topic) {
        silent.add(topic);
        return this;
    }

    /** Changes of this topic, or of ACLs for this principal, fail with this answer. */
    public FakeAdmin refusing(String topicOrPrincipal, KafkaException why) {
        refusals.put(topicOrPrincipal, why);
        return this;
    }

    /** This call is refused for this topic. */
    public FakeAdmin hiding(String topic, String call) {
        hidden.add(call + ' ' + topic);
        return this;
    }

    /** After each change, this many queries are answered by brokers without the change. */
    public FakeAdmin slow(int answers) {
        delay = answers;
        return this;
    }

    /** This many times one broker has not read the whole metadata log. */
    public FakeAdmin withABrokerBehind(int times) {
        behind = times;
        return this;
    }

    /** Its brokers support {@code metadata.version} up to this level; that of Kafka 4.3 is 30. */
    public FakeAdmin upTo(int level) {
        metadataVersion = level;
        return this;
    }

    /** All brokers have this value. */
    public FakeAdmin withBrokerSetting(String name, String value) {
        brokerSettings.put(name, value);
        return this;
    }

    /** Gives the cluster an authorizer with these ACLs. */
    public FakeAdmin withRules(Collection<AclBinding> some) {
        rules = new HashSet<>(some);
        return this;
    }

    public Set<AclBinding> rules() {
        return Set.copyOf(Objects.requireNonNull(rules));
    }

    /** The names of the calls so far. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    public Admin admin() {
        return (Admin) Proxy.newProxyInstance(Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, this);
    }

    @Override
    @SuppressWarnings("unchecked") // the admin client's own types
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        String call = method.getName();
        calls.add(call);
        Runnable hook = hooks.getOrDefault(call, new ArrayDeque<>()).poll();
        if (hook != null) {
            hook.run();
        }
        Object about = arguments == null ? "" : arguments[0];
        return switch (call) {
            case "describeCluster" -> FakeAdminResults.cluster(cluster.state().brokers());
            case "describeFeatures" -> FakeAdminResults.features(metadataVersion);
            case "describeMetadataQuorum" -> FakeAdminResults.quorum(List.of(1L, 1L, behind-- > 0 ? 0L : 1L));
            case "describeTopics" -> {
                ClusterState state = seen();
                yield FakeAdminResults.topics(answers(
                        (Collection<String>) about, name -> refuse(call, name), name -> description(name, state)));
            }
            case "describeConfigs" -> {
                ClusterState state = seen();
                yield FakeAdminResults.configs(answers(
                        (Collection<ConfigResource>) about,
                        resource -> refuse(call, resource.name()),
                        resource -> resource.type() == ConfigResource.Type.BROKER
                                ? brokerConfig()
                                : config(resource.name(), state)));
            }
            case "createTopics" -> create((Collection<NewTopic>) about);
            case "incrementalAlterConfigs" -> alter((Map<ConfigResource, Collection<AlterConfigOp>>) about);
            case "createPartitions" -> enlarge((Map<String, NewPartitions>) about);
            case "describeAcls" -> FakeAdminResults.rules(ruleAnswer());
            case "createAcls" -> add((Collection<AclBinding>) about);
            case "listTopics" -> FakeAdminResults.names(cluster.state().topics().keySet());
            case "listConsumerGroupOffsets" -> FakeAdminResults.nothingCommitted(((Map<String, ?>) about).keySet());
            case "listOffsets" -> FakeAdminResults.offsets(((Map<TopicPartition, ?>) about).keySet(), 0);
            case "close" -> null;
            default -> throw new UnsupportedOperationException(call);
        };
    }

    private ClusterState seen() {
        return old != null && oldAnswers-- > 0 ? old : cluster.state();
    }

    private KafkaFuture<Void> changed(String topic, Runnable change) {
        KafkaException refusal = refusals.get(topic);
        if (refusal != null) {
            return failed(refusal);
        }
        old = cluster.state();
        oldAnswers = delay;
        change.run();
        return silent.contains(topic) ? new KafkaFutureImpl<>() : KafkaFuture.completedFuture(null);
    }

    private Object create(Collection<NewTopic> topics) {
        Map<String, KafkaFuture<Void>> answers = new HashMap<>();
        ClusterState before = cluster.state();
        for (NewTopic topic : topics) {
            Map<String, ActualSetting> settings = topic.configs().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, each -> new ActualSetting(each.getValue(), true, null)));
            answers.put(
                    topic.name(),
                    changed(
                            topic.name(),
                            () -> cluster.with(
                                    topic.name(), topic.numPartitions(), topic.replicationFactor(), settings)));
        }
        old = before;
        return FakeAdminResults.created(answers);
    }

    private Object alter(Map<ConfigResource, Collection<AlterConfigOp>> changes) {
        Map<ConfigResource, KafkaFuture<Void>> answers = new HashMap<>();
        changes.forEach((topic, operations) -> answers.put(
                topic, changed(topic.name(), () -> operations.forEach(operation -> apply(topic.name(), operation)))));
        return FakeAdminResults.altered(answers);
    }

    private void apply(String topic, AlterConfigOp operation) {
        String name = operation.configEntry().name();
        FakeCluster unused = operation.opType() == AlterConfigOp.OpType.SET
                ? cluster.set(topic, name, operation.configEntry().value(), null)
                : cluster.unset(topic, name);
    }

    private Object enlarge(Map<String, NewPartitions> changes) {
        Map<String, KafkaFuture<Void>> answers = new HashMap<>();
        changes.forEach((topic, partitions) -> answers.put(
                topic,
                changed(
                        topic,
                        () -> cluster.resized(
                                topic,
                                partitions.totalCount(),
                                cluster.state().topic(topic).orElseThrow().replication()))));
        return FakeAdminResults.partitions(answers);
    }

    private Object add(Collection<AclBinding> bindings) {
        Map<AclBinding, KafkaFuture<Void>> answers = new HashMap<>();
        for (AclBinding binding : bindings) {
            answers.put(binding, changed(binding.entry().principal(), () -> Objects.requireNonNull(rules)
                    .add(binding)));
        }
        return FakeAdminResults.createdRules(answers);
    }

    private KafkaFuture<Collection<AclBinding>> ruleAnswer() {
        return rules == null
                ? failed(new SecurityDisabledException("no authorizer"))
                : KafkaFuture.completedFuture(rules);
    }

    private @Nullable KafkaException refuse(String call, String topic) {
        return hidden.contains(call + ' ' + topic)
                ? new TopicAuthorizationException("Topic authorization failed.")
                : null;
    }

    private static <K, V> Map<K, KafkaFuture<V>> answers(
            Collection<K> keys, Function<K, @Nullable KafkaException> refusal, Function<K, @Nullable V> answer) {
        Map<K, KafkaFuture<V>> answers = new HashMap<>();
        for (K key : keys) {
            KafkaException refused = refusal.apply(key);
            if (refused != null) {
                answers.put(key, failed(refused));
                continue;
            }
            V value = answer.apply(key);
            answers.put(
                    key,
                    value == null
                            ? failed(new UnknownTopicOrPartitionException("unknown"))
                            : KafkaFuture.completedFuture(value));
        }
        return answers;
    }

    private static <T> KafkaFuture<T> failed(Exception why) {
        KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
        boolean unused = future.completeExceptionally(why);
        return future;
    }

    private static @Nullable TopicDescription description(String name, ClusterState state) {
        return state.topic(name)
                .map(topic -> new TopicDescription(
                        name,
                        false,
                        topic.partitions().stream().map(FakeAdmin::info).toList()))
                .orElse(null);
    }

    private static TopicPartitionInfo info(ActualPartition partition) {
        List<Node> replicas = IntStream.range(0, partition.replicas())
                .mapToObj(id -> new Node(id, "broker-" + id, 9092))
                .toList();
        return new TopicPartitionInfo(
                partition.id(),
                partition.hasLeader() ? replicas.get(0) : null,
                replicas,
                replicas.subList(0, partition.inSync()));
    }

    private Config brokerConfig() {
        return new Config(brokerSettings.entrySet().stream()
                .map(each -> FakeAdminResults.entry(each.getKey(), each.getValue(), false, null))
                .toList());
    }

    private static @Nullable Config config(String topic, ClusterState state) {
        return state.topic(topic)
                .map(found -> new Config(found.settings().entrySet().stream()
                        .map(each -> FakeAdminResults.entry(
                                each.getKey(),
                                each.getValue().value(),
                                each.getValue().setOnTopic(),
                                each.getValue().inherited()))
                        .toList()))
                .orElse(null);
    }
}
