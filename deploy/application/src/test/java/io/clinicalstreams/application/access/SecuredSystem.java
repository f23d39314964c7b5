package io.clinicalstreams.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.pipeline.runtime.PipelineConfig;
import io.clinicalstreams.pipeline.runtime.PipelineService;
import io.clinicalstreams.pipeline.runtime.SettingLayers;
import io.clinicalstreams.pipeline.runtime.StartupException;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.access.Grant;
import io.clinicalstreams.topics.access.LeastPrivilege;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.verifier.Verifier;
import io.clinicalstreams.verifier.source.Mark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The parts of the system on a broker with authentication, each with its own principal. Each part can be tried: it does
 * its work once, and either succeeds or returns the broker's refusal.
 */
final class SecuredSystem implements AutoCloseable {

    private static final String ENVIRONMENT = "development";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Catalogue catalogue = CatalogueLoader.load(ENVIRONMENT);
    private final List<Grant> grants = LeastPrivilege.of(catalogue);
    private final Path folder;
    private final LocalCluster cluster;
    private final Admin admin;
    private int round;

    SecuredSystem(Path folder) {
        this.folder = folder;
        Map<String, String> passwords = new TreeMap<>();
        grants.forEach(grant -> passwords.put(userOf(grant), "secret-of-" + userOf(grant)));
        cluster = LocalCluster.builder().secured(passwords).start();
        admin = Admin.create(client(cluster.adminSettings()));
    }

    Catalogue catalogue() {
        return catalogue;
    }

    List<Grant> grants() {
        return grants;
    }

    /** The superuser. */
    Admin admin() {
        return admin;
    }

    String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    Map<String, Object> adminSettings() {
        return client(cluster.adminSettings());
    }

    /** The settings that a client of this role needs to authenticate. */
    Map<String, Object> settings(String role) {
        Grant any = grants.stream()
                .filter(each -> each.role().equals(role))
                .findFirst()
                .orElseThrow();
        return client(cluster.clientSettings(userOf(any)));
    }

    /** A role's settings as a file for {@code --command-config}. */
    Path settingsFile(Map<String, Object> settings) throws IOException {
        return Files.write(
                Files.createTempFile(folder, "client", ".properties"),
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
    }

    void remove(Grant grant) {
        Set<AclBinding> removed = Set.copyOf(
                Answer.of(admin.deleteAcls(List.of(grant.binding().toFilter())).all()));
        assertThat(removed).containsExactly(grant.binding());
        await().atMost(PATIENCE).pollInterval(GLANCE).until(() -> !isThere(grant));
    }

    void putBack(Grant grant) {
        Void unused = Answer.of(admin.createAcls(List.of(grant.binding())).all());
        await().atMost(PATIENCE).pollInterval(GLANCE).until(() -> isThere(grant));
    }

    /** The broker responds with the rules that it enforces. */
    private boolean isThere(Grant grant) {
        return !Answer.of(admin.describeAcls(grant.binding().toFilter()).values())
                .isEmpty();
    }

    /** Deletes a lane's changelogs and offsets, as before its first start. */
    void deleteInternalTopics(String lane) {
        List<String> group = List.of(catalogue.lane(lane).applicationId());
        await().atMost(PATIENCE)
                .pollInterval(GLANCE)
                .ignoreExceptionsMatching(failure -> failure.getCause() instanceof GroupNotEmptyException)
                .until(() -> admin.deleteConsumerGroups(group).all().get() == null);
        List<String> internal = catalogue.lane(lane).internalTopics();
        Void unused = Answer.of(admin.deleteTopics(internal).all());
        await().atMost(PATIENCE)
                .pollInterval(GLANCE)
                .until(() -> Answer.of(admin.listTopics().names()).stream().noneMatch(internal::contains));
    }

    /** @return the refusal; empty if the work was done */
    Optional<String> tryRole(String role) {
        if (role.equals("gateway")) {
            return tryGateway();
        }
        if (role.equals("verifier")) {
            return tryVerifier();
        }
        return role.equals("alert-consumer") ? tryAlertConsumer() : tryLane(role);
    }

    private Optional<String> tryVerifier() {
        try {
            Verifier verifier = new Verifier(catalogue, settings("verifier"));
            assertThat(verifier.startMark()).isNotNull();
            assertThat(verifier.judge(Mark.BEGINNING, -1)).isNotNull();
            return Optional.empty();
        } catch (KafkaException refused) {
            return Optional.of(refused.toString());
        }
    }

    /** Sends one record of each kind as the gateway. */
    Optional<String> tryGateway() {
        return send("gateway");
    }

    /** Reads with a new group until an alert from each of both topics has arrived. */
    Optional<String> tryAlertConsumer() {
        Map<String, Object> settings = new HashMap<>(
                catalogue.topic(TopicNames.ALERT_GENERATED).consumer().plain());
        settings.putAll(settings("alert-consumer"));
        settings.put(
                ConsumerConfig.GROUP_ID_CONFIG,
                catalogue.client("alert-consumer").consumerGroups() + "pager-" + round++);
        Set<String> missing = new HashSet<>(List.of(
                catalogue.topic(TopicNames.ALERT_GENERATED).fullName(),
                catalogue.topic(TopicNames.ALERT_CURRENT).fullName()));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.copyOf(missing));
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(GLANCE)
                    .until(() -> {
                        consumer.poll(POLL).forEach(record -> missing.remove(record.topic()));
                        return missing.isEmpty();
                    });
            consumer.commitSync();
            return Optional.empty();
        } catch (KafkaException refused) {
            return Optional.of(refused.toString());
        }
    }

    /** Starts a lane with an empty disk and lets it process its input. */
    Optional<String> tryLane(String name) {
        assertThat(send("gateway")).isEmpty();
        try (Refusals refusals = new Refusals();
                PipelineService service = start(name)) {
            await().atMost(PATIENCE).pollInterval(GLANCE).until(() -> service.failed() || isDone(name));
            // A lane that may not look at the brokers or the marker runs, and says so.
            return service.failed() || !refusals.text().isEmpty() ? Optional.of(refusals.text()) : Optional.empty();
        } catch (StartupException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        } finally {
            forgetMembers(name);
        }
    }

    /**
     * As if the session had ended: a static member that returns within it gets its partitions without authorization.
     */
    void forgetMembers(String lane) {
        String group = catalogue.lane(lane).applicationId();
        ConsumerGroupDescription members = Answer.of(
                admin.describeConsumerGroups(List.of(group)).describedGroups().get(group));
        if (!members.members().isEmpty()) {
            Void unused =
                    Answer.of(admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                            .all());
        }
    }

    /** A lane in this process, with its own principal. */
    PipelineService start(String lane) {
        Map<String, String> flags = new HashMap<>(Map.of(
                "bootstrap-servers",
                cluster.bootstrapServers(),
                "environment",
                ENVIRONMENT,
                "lanes",
                lane,
                "instance-id",
                "ward",
                "state-directory",
                newFolder().toString(),
                "http-port",
                "0",
                "threads.replacements",
                "0"));
        settings(lane).forEach((name, value) -> {
            if (!name.equals(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)) {
                flags.put("kafka." + name, value.toString());
            }
        });
        try {
            return PipelineService.start(PipelineConfig.of(SettingLayers.of(flags, Map.of(), null)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private Optional<String> send(String role) {
        Map<String, String> settings = new HashMap<>();
        settings(role).forEach((name, value) -> settings.put(name, value.toString()));
        Iterator<Outgoing> input = new PatientInput(round++).records().iterator();
        try (Sender sender = Sender.open(catalogue, settings)) {
            SendResult sent = sender.run(
                    () -> input.hasNext() ? input.next() : null, Schedule.of(0, Duration.ofDays(1)), progress -> {});
            return sent.problems().stream().findFirst();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether the lane is at the end of its sources; a transaction marker may follow the last record. */
    private boolean isDone(String name) {
        Lane lane = catalogue.lane(name);
        Map<TopicPartition, OffsetSpec> latest = lane.sources().stream()
                .flatMap(source -> IntStream.range(0, source.partitions())
                        .mapToObj(partition -> new TopicPartition(source.fullName(), partition)))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                Answer.of(admin.listOffsets(latest).all());
        Map<TopicPartition, OffsetAndMetadata> committed =
                Answer.of(admin.listConsumerGroupOffsets(lane.applicationId()).partitionsToOffsetAndMetadata());
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata offset = committed.get(end.getKey());
            boolean marked = end.getKey()
                    .topic()
                    .equals(catalogue.topic(TopicNames.RESOURCE_REKEYED).fullName());
            return offset != null && offset.offset() >= end.getValue().offset() - (marked ? 1 : 0);
        });
    }

    private Map<String, Object> client(Map<String, String> security) {
        Map<String, Object> settings = new HashMap<>(security);
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
        return settings;
    }

    private Path newFolder() {
        try {
            return Files.createTempDirectory(folder, "state");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String userOf(Grant grant) {
        return grant.principal().substring("User:".length());
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        cluster.close();
    }
}
