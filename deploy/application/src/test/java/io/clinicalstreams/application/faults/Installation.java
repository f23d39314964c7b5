package io.clinicalstreams.application.faults;

import static org.awaitility.Awaitility.await;

import io.clinicalstreams.application.PipelineProcess;
import io.clinicalstreams.application.Recovery;
import io.clinicalstreams.application.TestSystem;
import io.clinicalstreams.cluster.Broker;
import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.cluster.ProxiedListener;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;

/**
 * Brokers and instances of a {@link Shape}, running. The first instance reaches the brokers through proxies; all others,
 * the load and the verifier connect to them directly.
 */
final class Installation implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> RECOVERY = List.of(
            "main.consumer.session.timeout.ms",
            "main.consumer.heartbeat.interval.ms",
            "producer.transaction.timeout.ms");
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final Shape shape;
    private final LocalCluster cluster;
    private final List<TcpProxy> proxies;
    private final TestSystem system;
    private final List<PipelineProcess> instances = new ArrayList<>();
    private final List<Path> folders;
    private @Nullable Recovery recovery;

    private Installation(Shape shape, Path folder, List<TcpProxy> proxies, LocalCluster cluster) {
        this.shape = shape;
        this.proxies = proxies;
        this.cluster = cluster;
        this.folders = IntStream.range(0, shape.instances())
                .mapToObj(each -> folder.resolve("lanes-" + each))
                .toList();
        this.system = TestSystem.on(cluster.bootstrapServers(), "faults", Shape.BROKERS);
    }

    /**
     * @param folder empty; the instances' state will be in it
     * @param isMeasured instances run as the launcher starts them; else without C2, which takes most of two cores when five
     *     JVMs have just started
     */
    static Installation start(Shape shape, Path folder, boolean isMeasured) {
        List<TcpProxy> proxies = IntStream.range(0, Shape.BROKERS)
                .mapToObj(each -> TcpProxy.open())
                .toList();
        List<ProxiedListener> listeners = proxies.stream()
                .map(proxy -> new ProxiedListener(freePort(), proxy.port()))
                .toList();
        IntStream.range(0, Shape.BROKERS)
                .forEach(each -> proxies.get(each).leadTo(listeners.get(each).port()));
        LocalCluster cluster = LocalCluster.builder()
                .brokers(Shape.BROKERS)
                .setting("broker.session.timeout.ms", "3000")
                .proxied(listeners)
                .start();
        Installation installation = new Installation(shape, folder, proxies, cluster);
        installation.system.applyReferenceData();
        installation.system.inAnotherEnvironment(
                "standby", "standby-replicas: 0", "standby-replicas: 1" + asInProduction());
        // Two lanes with two threads each need more than the smallest heap.
        if (isMeasured) {
            installation.system.asLaunched();
        } else {
            installation.system.atTheLaunchersHeap();
        }
        installation.system.with("num.stream.threads", Integer.toString(Shape.THREADS));
        for (int each = 0; each < shape.instances(); each++) {
            installation.instances.add(installation.launch(each));
        }
        return installation;
    }

    /** The settings of production that recovery depends on. */
    private static String asInProduction() {
        Map<String, String> lane =
                CatalogueLoader.load("production").lane("alerting").settings().plain();
        String settings = RECOVERY.stream()
                .map(name -> "      " + setting(name, lane.get(name)))
                .collect(Collectors.joining());
        return "\nbroker:\n  " + setting("group.min.session.timeout.ms", lane.get(RECOVERY.get(0)))
                + "lanes:\n  alerting:\n    settings:\n" + settings;
    }

    private static String setting(String name, @Nullable String value) {
        return name + ": {value: " + value + ", why: As in production., evidence: pending}\n";
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    TestSystem system() {
        return system;
    }

    Shape shape() {
        return shape;
    }

    /** Watches the lanes' output from now on. */
    Recovery watch() {
        Recovery watching = new Recovery(system, TopicNames.OBSERVATION_RECORDED, TopicNames.ALERT_GENERATED);
        recovery = watching;
        return watching;
    }

    /** The one that watches. */
    Recovery recovery() {
        return Objects.requireNonNull(recovery);
    }

    List<PipelineProcess> instances() {
        return List.copyOf(instances);
    }

    PipelineProcess instance(int index) {
        return instances.get(index);
    }

    /** The state folder of both lanes. */
    Path folder(int index) {
        return folders.get(index);
    }

    List<TcpProxy> proxies() {
        return proxies;
    }

    List<Broker> brokers() {
        return cluster.brokers();
    }

    Path data(Broker broker) {
        return cluster.directory().resolve("broker-" + broker.id()).resolve("data");
    }

    /** Starts an instance again, with its id and its folder. */
    PipelineProcess restart(int index) {
        PipelineProcess process = launch(index);
        instances.set(index, process);
        return process;
    }

    private PipelineProcess launch(int index) {
        system.through(
                index > 0
                        ? cluster.bootstrapServers()
                        : proxies.stream()
                                .map(proxy -> "127.0.0.1:" + proxy.port())
                                .collect(Collectors.joining(",")));
        return system.pipelineOn(folders.get(index).toString(), "ward-" + index);
    }

    /** Waits until every broker and every instance is back, and every instance has a share of each lane's work. */
    void awaitWhole() {
        cluster.awaitReady(PATIENCE);
        instances.forEach(PipelineProcess::awaitReady);
        try (Admin admin = system.admin()) {
            await().atMost(PATIENCE).pollInterval(GLANCE).ignoreExceptions().until(() -> everyInstanceWorks(admin));
        }
        awaitReplicas();
    }

    /** Waits until every replica of every partition is in sync. */
    void awaitReplicas() {
        cluster.awaitReady(PATIENCE);
        try (Admin admin = system.admin()) {
            await().atMost(PATIENCE).pollInterval(GLANCE).ignoreExceptions().until(() -> everyReplicaIsInSync(admin));
        }
    }

    private boolean everyInstanceWorks(Admin admin) {
        return system.groups().stream()
                .allMatch(group ->
                        ask(admin.describeConsumerGroups(List.of(group)).all()).get(group).members().stream()
                                        .filter(member -> !member.assignment()
                                                .topicPartitions()
                                                .isEmpty())
                                        .map(Installation::instanceOf)
                                        .distinct()
                                        .count()
                                == shape.instances());
    }

    private static String instanceOf(MemberDescription member) {
        return member.groupInstanceId().orElse("").replaceAll("^(ward-\\d+).*", "$1");
    }

    private boolean everyReplicaIsInSync(Admin admin) {
        return partitions(admin, names(admin), partition -> partition.isr().size()).values().stream()
                .allMatch(inSync -> inSync == Shape.BROKERS);
    }

    /** The broker that leads the first partition of a topic. */
    Broker leader(String topic) {
        try (Admin admin = system.admin()) {
            String name = system.fullName(topic);
            return broker(
                    partitions(admin, Set.of(name), TopicPartitionInfo::leader).get(new TopicPartition(name, 0)));
        }
    }

    Broker groupCoordinator(String lane) {
        try (Admin admin = system.admin()) {
            String group = group(lane);
            return broker(ask(admin.describeConsumerGroups(List.of(group)).all())
                    .get(group)
                    .coordinator());
        }
    }

    /** That of one of the lane's producers. */
    Broker transactionCoordinator(String lane) {
        try (Admin admin = system.admin()) {
            String id = ask(admin.listTransactions().all()).stream()
                    .map(TransactionListing::transactionalId)
                    .filter(each -> each.startsWith(group(lane)))
                    .findFirst()
                    .orElseThrow();
            int broker =
                    ask(admin.describeTransactions(List.of(id)).description(id)).coordinatorId();
            return cluster.brokers().get(broker);
        }
    }

    Broker controller() {
        try (Admin admin = system.admin()) {
            return cluster.brokers()
                    .get(ask(admin.describeMetadataQuorum().quorumInfo()).leaderId());
        }
    }

    private String group(String lane) {
        return system.groups().stream()
                .filter(group -> group.endsWith(lane))
                .findFirst()
                .orElseThrow();
    }

    private Broker broker(Node node) {
        return cluster.brokers().get(node.id());
    }

    /** Every partition of every topic, Kafka's own included, gets another leader. */
    void moveEveryLeader() {
        try (Admin admin = system.admin()) {
            Map<TopicPartition, List<Node>> replicas = partitions(admin, names(admin), TopicPartitionInfo::replicas);
            ask(admin.alterPartitionReassignments(replicas.entrySet().stream()
                            .collect(
                                    Collectors.toMap(Map.Entry::getKey, each -> Optional.of(rotated(each.getValue())))))
                    .all());
            ask(admin.electLeaders(ElectionType.PREFERRED, new HashSet<>(replicas.keySet()))
                    .partitions());
        }
    }

    private static NewPartitionReassignment rotated(List<Node> replicas) {
        List<Integer> ids = new ArrayList<>(replicas.stream().map(Node::id).toList());
        ids.add(ids.remove(0));
        return new NewPartitionReassignment(ids);
    }

    private static <T> Map<TopicPartition, T> partitions(
            Admin admin, Set<String> topics, Function<TopicPartitionInfo, T> what) {
        return ask(admin.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(each -> Map.entry(new TopicPartition(topic.name(), each.partition()), what.apply(each))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<String> names(Admin admin) {
        return ask(admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
    }

    private static <T> T ask(KafkaFuture<T> answer) {
        return answer.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        system.close();
        proxies.forEach(TcpProxy::close);
        cluster.close();
    }
}
