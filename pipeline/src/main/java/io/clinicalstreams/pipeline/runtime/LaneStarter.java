package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.pipeline.input.BoundedClients;
import io.clinicalstreams.pipeline.input.InputAttempts;
import io.clinicalstreams.pipeline.input.MemoryPlan;
import io.clinicalstreams.pipeline.runtime.watch.LaneWatch;
import io.clinicalstreams.pipeline.runtime.watch.LocalLane;
import io.clinicalstreams.pipeline.runtime.watch.RestoreProgress;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.BrokerLimits;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.ClusterIdentity;
import io.clinicalstreams.topics.cluster.ClusterReader;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.cluster.Login;
import io.clinicalstreams.topics.cluster.Reachability;
import io.clinicalstreams.topics.plan.BrokerComparison;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prepares and starts lanes: settings, topology, first offsets, metrics, and the reference data gate. */
final class LaneStarter {

    private static final Logger LOG = LoggerFactory.getLogger(LaneStarter.class);

    /**
     * Always on in Kafka 5.0. Until then, Streams warns wherever it is not set, and its assignor only sees the main
     * consumer's settings. Its constant is already deprecated.
     */
    private static final String HANDLE_GLOBAL_THREAD = "processing.exception.handler.global.enabled";

    private static final long BEFORE_ASKING_AGAIN_MILLIS = 500;

    /** Time for the broker to remove a member whose session ended. */
    private static final Duration SESSION_MARGIN = Duration.ofSeconds(5);

    /** Of a patient in memory, as for {@code topics size}. */
    private static final long STATE_BYTES = 600;

    private static final int TRANSACTIONS_BEFORE_STUCK = 3;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    /** A client that asks every two seconds would otherwise log a warning a second during an outage. */
    private static final String RECONNECT_BACKOFF_MAX_MILLIS = "10000";

    /** Its metrics leave out partitions, unless they are wanted. */
    private static final class MeasuredStreams extends KafkaStreams {

        private final boolean perPartition;

        MeasuredStreams(Topology topology, StreamsConfig config, BoundedClients clients, boolean perPartition) {
            super(topology, config, clients);
            this.perPartition = perPartition;
        }

        @Override
        public Map<MetricName, ? extends Metric> metrics() {
            return perPartition ? allMetrics() : withoutPartitions(allMetrics());
        }

        Map<MetricName, ? extends Metric> allMetrics() {
            return super.metrics();
        }
    }

    private final PipelineConfig config;
    private final Catalogue catalogue;
    private final LaneBlueprint blueprint;
    private final MeterRegistry registry;
    private final MemoryPlan memory;
    private final Map<String, PauseWithoutRules> gates = new HashMap<>();

    LaneStarter(PipelineConfig config, Catalogue catalogue, MeterRegistry registry) {
        this.config = config;
        this.catalogue = catalogue;
        this.blueprint = new LaneBlueprint(catalogue, registry);
        this.registry = registry;
        this.memory = MemoryPlan.of(
                Runtime.getRuntime().maxMemory(),
                config.lanes().stream().map(name -> needs(catalogue.lane(name))).toList());
        LOG.atInfo().log("memory: " + memory.sum());
    }

    private MemoryPlan.LaneNeeds needs(Lane lane) {
        ClientSettings clients = ClientSettings.of(lane.name(), new StreamsConfig(settings(lane)));
        return new MemoryPlan.LaneNeeds(
                Math.toIntExact(clients.number("streams", StreamsConfig.NUM_STREAM_THREADS_CONFIG)),
                lane.sources().stream().mapToInt(Topic::partitions).sum(),
                lane.sources().stream()
                        .mapToLong(MemoryPlan::largestRecord)
                        .max()
                        .orElse(0),
                clients.number("producer", ProducerConfig.BUFFER_MEMORY_CONFIG),
                clients.number("main.consumer", ConsumerConfig.FETCH_MAX_BYTES_CONFIG),
                lane.stores().isEmpty() ? 0 : config.alertingPatients() * STATE_BYTES);
    }

    /** @throws StartupException if the cluster does not have what the lane needs */
    RunningLane prepare(String name) throws InterruptedException {
        Lane lane = catalogue.lane(name);
        InstanceLock instanceLock = InstanceLock.claim(name, lane.applicationId(), directory());
        try {
            return prepare(lane, instanceLock);
        } catch (RuntimeException | InterruptedException failure) {
            instanceLock.close();
            throw failure;
        }
    }

    private RunningLane prepare(Lane lane, InstanceLock instanceLock) throws InterruptedException {
        String name = lane.name();
        StreamsConfig streamsConfig = new StreamsConfig(settings(lane));
        ClientSettings clients = ClientSettings.of(name, streamsConfig);
        int partitions = prepareInput(lane, streamsConfig, instanceLock);
        @Nullable RuleTable rules = lane.references().isEmpty() ? null : new RuleTable();
        TopologyConfig topologyConfig = new TopologyConfig(streamsConfig);
        LaneBlueprint.BuiltLane built = rules == null
                ? blueprint.recording(topologyConfig, partitions)
                : blueprint.alerting(topologyConfig, partitions, rules, config.keepEndedAlerts());
        InputAttempts attempts =
                new InputAttempts(config.inputAttempts(), directory().resolve(lane.applicationId() + ".attempts"));
        BoundedClients bounded = new BoundedClients(
                built.ledger(),
                built.input(),
                attempts,
                memory,
                catalogue.where().brokers(),
                () -> rules != null && !rules.isUsable());
        MeasuredStreams streams =
                new MeasuredStreams(built.topology(), streamsConfig, bounded, config.perPartitionMetrics());
        // A failed thread's replacement may start before the failed thread has ended.
        instanceLock.note(streams, streamsConfig.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG) + 1);
        streams.setUncaughtExceptionHandler(new ThreadFailures(
                name,
                new ThreadBudget(
                        config.threadReplacements(), config.threadReplacementWindow(), InstantSource.system())));
        new KafkaStreamsMetrics(streams, Tags.of("lane", name)).bindTo(registry);
        Gauge.builder("clinical.lane.paused", streams, s -> s.isPaused() ? 1 : 0)
                .description("1 while the lane waits for its rules")
                .tag("lane", name)
                .register(registry);
        if (rules != null) {
            pauseUntilLoaded(name, streams, rules);
        }
        LocalLane local = new LocalLane(
                streams,
                streams::allMetrics,
                new RestoreProgress(),
                new LaneAgreement(catalogue, lane).memberId(config.instanceId()),
                attempts::aborts);
        LaneWatch watch = new LaneWatch(lane, catalogue.environment(), local, patience(clients));
        watch.bindTo(registry);
        return new RunningLane(
                name, streams, clients, local, watch, () -> rules == null || rules.isUsable(), instanceLock::close);
    }

    /** By then, the brokers have aborted a transaction that made no progress, and the lane has tried again. */
    private static Duration patience(ClientSettings clients) {
        return Duration.ofMillis(clients.number("producer", ProducerConfig.TRANSACTION_TIMEOUT_CONFIG))
                .multipliedBy(TRANSACTIONS_BEFORE_STUCK);
    }

    /** @param onRefused receives the reason if the lane must not run with lanes that have started meanwhile */
    void start(RunningLane lane, Consumer<StartupException> onRefused, Runnable onEnd) {
        try {
            // On a separate thread, because this is called on one that processes input.
            lane.start(() -> new Thread(() -> confirm(lane, onRefused), "agreement-" + lane.name()).start(), onEnd);
        } catch (StreamsException failure) {
            // Streams' own messages contain only file and topic names.
            throw new StartupException("lane " + lane.name() + " cannot start: " + failure.getMessage());
        }
        Thread watch = new Thread(() -> watch(lane, onRefused), "watch-" + lane.name());
        watch.setDaemon(true);
        watch.start();
        PauseWithoutRules gate = gates.get(lane.name());
        if (gate != null) {
            gate.referenceDataLoaded();
        }
    }

    /**
     * Each partition has metrics of its own, and so has its task: thousands. A registry filter would remove too much: if a
     * client and its partitions have metrics with the same name, Micrometer removes the client's. Dropped records stay:
     * only tasks count them.
     */
    static Map<MetricName, Metric> withoutPartitions(Map<MetricName, ? extends Metric> metrics) {
        Map<MetricName, Metric> others = new HashMap<>(metrics);
        others.keySet().removeIf(name -> name.tags().containsKey("partition") || isOfATask(name));
        return others;
    }

    private static boolean isOfATask(MetricName name) {
        return name.tags().containsKey("task-id") && !name.name().startsWith("dropped-records");
    }

    private void pauseUntilLoaded(String name, KafkaStreams streams, RuleTable rules) {
        PauseWithoutRules gate = new PauseWithoutRules(streams, rules);
        gate.holdBack();
        gates.put(name, gate);
        Gauge.builder("clinical.alert.rules", rules, RuleTable::size)
                .description("Rules in use")
                .register(registry);
        Gauge.builder("clinical.alert.rules.up.to.date", rules, table -> table.isUpToDate() ? 1 : 0)
                .description("1 while the rules in use match the topic")
                .register(registry);
    }

    /**
     * Two lanes that start at the same time do not see each other before this; now the later one sees the earlier one.
     * Asks again while the brokers do not answer: an outage is no reason to stop a lane.
     */
    private void confirm(RunningLane lane, Consumer<StartupException> onRefused) {
        while (lane.runs()) {
            try (Admin admin = Admin.create(adminSettings())) {
                new LaneAgreement(catalogue, catalogue.lane(lane.name())).demand(admin);
                return;
            } catch (StartupException refused) {
                onRefused.accept(refused);
                return;
            } catch (AuthenticationException | AuthorizationException refused) {
                onRefused.accept(unprepared(lane.name(), refused));
                return;
            } catch (KafkaException unanswered) {
                Utils.sleep(BEFORE_ASKING_AGAIN_MILLIS);
            }
        }
    }

    private void watch(RunningLane lane, Consumer<StartupException> onRefused) {
        Map<String, Object> settings = ClusterAnswer.within(ANSWER_WITHIN, adminSettings());
        settings.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_BACKOFF_MAX_MILLIS);
        try (Admin admin = Admin.create(settings)) {
            lane.watch().watch(admin, lane::runs, why -> onRefused.accept(new StartupException(why)));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private int prepareInput(Lane lane, StreamsConfig streamsConfig, InstanceLock instanceLock)
            throws InterruptedException {
        LaneTopics topics = new LaneTopics(catalogue, lane);
        try (Admin admin = reachedAdmin()) {
            demandOfCluster(lane, ClusterIdentity.of(admin, catalogue.where()));
            ClusterState present = new ClusterReader(admin).read(topics.names());
            topics.demand(present, adminSettings());
            topics.unlimited(present).forEach(topic -> LOG.atWarn()
                    .addKeyValue("lane", lane.name())
                    .addKeyValue("topic", topic)
                    .log("the brokers do not enforce " + MemoryPlan.INFLATED
                            + ": one record that inflates beyond the heap ends the process"));
            demandOfBrokers(lane, streamsConfig, new BrokerComparison(catalogue, present, BrokerLimits.of(admin)));
            instanceLock.fencePredecessor(admin);
            new LaneAgreement(catalogue, lane).await(admin, longestSession().plus(SESSION_MARGIN));
            new InputPositions(admin, lane).prepare(topics.partitions(), config.acceptExpiredInput());
            return topics.partitions();
        } catch (KafkaException failure) {
            throw unprepared(lane.name(), failure);
        }
    }

    private void demandOfCluster(Lane lane, ClusterIdentity cluster) {
        cluster.refusal(catalogue).ifPresent(why -> {
            throw new StartupException("lane " + lane.name() + " does not start: " + why
                    + ". Select the right one with --environment, or name the cluster with cluster-id in environments/"
                    + catalogue.environment() + ".yaml");
        });
        if (!cluster.isOf(catalogue.where()) && !cluster.unknown().isEmpty()) {
            warn(lane, "cannot tell whose cluster this is", cluster.unknown());
        }
    }

    /** Without this check, a client that the brokers refuse would name neither the setting nor the broker. */
    private static void demandOfBrokers(Lane lane, StreamsConfig config, BrokerComparison brokers) {
        List<String> refusals = BrokerComparison.refusals(lane.name(), config, brokers.brokers());
        if (!refusals.isEmpty()) {
            throw new StartupException("lane " + lane.name() + " does not start: " + String.join("; ", refusals));
        }
        brokers.withoutLanes()
                .forEach(line -> LOG.atWarn().addKeyValue("lane", lane.name()).log(line));
        brokers.unknown().forEach(line -> warn(lane, "cannot tell whether the brokers' settings allow the lane", line));
    }

    private static void warn(Lane lane, String what, String reason) {
        LOG.atWarn()
                .addKeyValue("lane", lane.name())
                .addKeyValue("reason", reason)
                .log(what);
    }

    /** @throws CommandException if the cluster cannot be reached, or no client can be created */
    private Admin reachedAdmin() {
        Map<String, Object> settings = adminSettings();
        Reachability.demand(settings);
        try {
            return Admin.create(settings);
        } catch (KafkaException misconfigured) {
            throw new CommandException(
                    ExitCode.WRONG_USAGE,
                    "no client can be created with these settings: " + ClusterAnswer.inWords(misconfigured));
        }
    }

    private Duration longestSession() {
        return Duration.ofMillis(catalogue.lanes().stream()
                .map(lane -> ClientSettings.of(lane.name(), new StreamsConfig(settings(lane))))
                .mapToLong(clients -> clients.number("main.consumer", ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG))
                .max()
                .orElse(0));
    }

    private StartupException unprepared(String lane, KafkaException failure) {
        return new StartupException("cannot prepare lane " + lane + " on " + config.bootstrapServers() + ": "
                + ClusterAnswer.inWords(failure));
    }

    private Map<String, Object> adminSettings() {
        Login.demand(catalogue.where(), config.kafka(), "the service's settings (kafka:, or --command-config)");
        Map<String, Object> settings =
                new HashMap<>(catalogue.where().security().clientSettings());
        settings.putAll(config.kafka());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        return settings;
    }

    private Properties settings(Lane lane) {
        Properties settings = new Properties();
        settings.putAll(lane.settings().plain());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, lane.applicationId());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, directory().toString());
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                new LaneAgreement(catalogue, lane).memberId(config.instanceId()));
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, FailWithCoordinates.class.getName());
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailWithCoordinates.class.getName());
        settings.put(HANDLE_GLOBAL_THREAD, "true");
        settings.put(StreamsConfig.mainConsumerPrefix(HANDLE_GLOBAL_THREAD), "true");
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, FailWithCoordinates.class.getName());
        // A setting without a client's prefix is for all clients, so it replaces the catalogue's setting for a single
        // client.
        settings.keySet()
                .removeIf(name -> config.kafka().containsKey(SettingDefinitions.withoutClientPrefix(name.toString())));
        settings.putAll(config.kafka());
        return settings;
    }

    /** This instance's folder; no other process writes to it. */
    private Path directory() {
        return config.stateDirectory().resolve(config.instanceId());
    }
}
