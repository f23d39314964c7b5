package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.pipeline.input.BoundedClients;
import io.clinicalstreams.pipeline.input.InputAttempts;
import io.clinicalstreams.pipeline.input.MemoryPlan;
import io.clinicalstreams.pipeline.ledger.AlertLatency;
import io.clinicalstreams.pipeline.runtime.watch.LaneWatch;
import io.clinicalstreams.pipeline.runtime.watch.LocalLane;
import io.clinicalstreams.pipeline.runtime.watch.RestoreProgress;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
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

    private static final long BEFORE_ASKING_AGAIN_MILLIS = 500;

    /** Ticks are seconds apart. */
    private static final long BETWEEN_TICKS_MILLIS = 100;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

    /** Tasks and topics get their metrics while the lane runs; by Micrometer's default they would be unseen for a minute. */
    private static final Duration REFRESH = Duration.ofSeconds(10);

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
    private final LaneSettings settings;
    private final StartupChecks checks;
    private final LaneBlueprint blueprint;
    private final MeterRegistry registry;
    private final MemoryPlan memory;
    private final Map<String, PauseWithoutRules> gates = new HashMap<>();
    private final Map<String, InputTicker> tickers = new HashMap<>();

    LaneStarter(PipelineConfig config, Catalogue catalogue, MeterRegistry registry) {
        this.config = config;
        this.catalogue = catalogue;
        this.settings = new LaneSettings(config, catalogue);
        this.checks = new StartupChecks(settings, catalogue);
        this.blueprint = new LaneBlueprint(catalogue, registry);
        this.registry = registry;
        this.memory = MemoryPlan.of(
                Runtime.getRuntime().maxMemory(),
                config.lanes().stream().map(name -> needs(catalogue.lane(name))).toList());
        LOG.atInfo().log("memory: " + memory.sum());
    }

    private MemoryPlan.LaneNeeds needs(Lane lane) {
        return LaneBlueprint.needs(lane, new StreamsConfig(settings.of(lane)), config.alertingPatients());
    }

    /** @throws StartupException if the cluster does not have what the lane needs */
    RunningLane prepare(String name) throws InterruptedException {
        Lane lane = catalogue.lane(name);
        InstanceLock instanceLock = InstanceLock.claim(name, lane.applicationId(), settings.directory());
        try {
            return prepare(lane, instanceLock);
        } catch (RuntimeException | InterruptedException failure) {
            instanceLock.close();
            throw failure;
        }
    }

    private RunningLane prepare(Lane lane, InstanceLock instanceLock) throws InterruptedException {
        String name = lane.name();
        StreamsConfig streamsConfig = new StreamsConfig(settings.of(lane));
        ClientSettings clients = ClientSettings.of(name, streamsConfig);
        StartupChecks.Found found = checks.demand(lane, streamsConfig, instanceLock);
        @Nullable RuleTable rules = lane.references().isEmpty() ? null : new RuleTable();
        TopologyConfig topologyConfig = new TopologyConfig(streamsConfig);
        LaneBlueprint.BuiltLane built = rules == null
                ? blueprint.recording(topologyConfig, found.partitions())
                : blueprint.alerting(topologyConfig, found.partitions(), rules, config.keepEndedAlerts());
        InputAttempts attempts = new InputAttempts(
                config.inputAttempts(),
                settings.directory().resolve(lane.applicationId() + ".attempts"),
                InstantSource.system());
        BoundedClients bounded = new BoundedClients(
                built.ledger(),
                AlertLatency.of(catalogue, registry, InstantSource.system()),
                built.input(),
                attempts,
                memory,
                Math.max(catalogue.where().brokers(), found.brokers()),
                () -> rules != null && !rules.isUsable());
        MeasuredStreams streams =
                new MeasuredStreams(built.topology(), streamsConfig, bounded, config.perPartitionMetrics());
        // A failed thread's replacement may start before the failed thread has ended.
        instanceLock.note(streams, streamsConfig.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG) + 1);
        streams.setUncaughtExceptionHandler(new ThreadFailures(
                name,
                new ThreadBudget(
                        config.threadReplacements(), config.threadReplacementWindow(), InstantSource.system())));
        ScheduledExecutorService refresh = Executors.newSingleThreadScheduledExecutor(LaneStarter::daemon);
        new KafkaStreamsMetrics(streams, Tags.of("lane", name), refresh, REFRESH).bindTo(registry);
        Gauge.builder("clinical.lane.paused", streams, s -> s.isPaused() ? 1 : 0)
                .description("1 while the lane waits for its rules")
                .tag("lane", name)
                .register(registry);
        if (rules != null) {
            pauseUntilLoaded(name, streams, rules);
            for (Topic ticked : lane.ticks()) {
                String topic = ticked.fullName();
                tickers.put(name, InputTicker.of(topic, streams, streamsConfig, rules::shortestSilence, registry));
            }
        }
        LocalLane local = new LocalLane(
                streams,
                streams::allMetrics,
                new RestoreProgress(),
                new LaneAgreement(catalogue, lane).memberId(config.instanceId()),
                attempts::aborts);
        LaneWatch watch = new LaneWatch(lane, catalogue.environment(), local, settings.patience());
        watch.bindTo(registry);
        return new RunningLane(name, streams, clients, local, watch, rules, () -> {
            refresh.shutdownNow();
            instanceLock.close();
        });
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "metrics");
        thread.setDaemon(true);
        return thread;
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
        InputTicker ticker = tickers.get(lane.name());
        if (ticker != null) {
            Thread ticking = new Thread(
                    () -> ticker.run(lane::runs, System::nanoTime, () -> Utils.sleep(BETWEEN_TICKS_MILLIS)),
                    "ticker-" + lane.name());
            ticking.setDaemon(true);
            ticking.start();
        }
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
        Gauge.builder("clinical.alert.rules.unreadable", rules, RuleTable::unreadable)
                .description("Records of the rule topic that cannot be read; the last complete set stays in force")
                .register(registry);
    }

    /**
     * Two lanes that start at the same time do not see each other before this; now the later one sees the earlier one.
     * Asks again while the brokers do not answer: an outage is no reason to stop a lane.
     */
    private void confirm(RunningLane lane, Consumer<StartupException> onRefused) {
        while (lane.runs()) {
            try (Admin admin = Admin.create(settings.admin())) {
                new LaneAgreement(catalogue, catalogue.lane(lane.name())).demand(admin);
                return;
            } catch (StartupException refused) {
                onRefused.accept(refused);
                return;
            } catch (AuthenticationException | AuthorizationException refused) {
                onRefused.accept(checks.unprepared(lane.name(), refused));
                return;
            } catch (KafkaException unanswered) {
                Utils.sleep(BEFORE_ASKING_AGAIN_MILLIS);
            }
        }
    }

    private void watch(RunningLane lane, Consumer<StartupException> onRefused) {
        Map<String, Object> clients = ClusterAnswer.within(ANSWER_WITHIN, settings.admin());
        clients.putIfAbsent(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_BACKOFF_MAX_MILLIS);
        try (Admin admin = Admin.create(clients)) {
            lane.watch().watch(admin, lane::runs, why -> onRefused.accept(new StartupException(why)));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
