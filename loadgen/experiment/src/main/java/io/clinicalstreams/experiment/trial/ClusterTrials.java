package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.cluster.Broker;
import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.LevelCatalogues;
import io.clinicalstreams.experiment.Measure;
import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.plan.TopicsOnCluster;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.ReferenceData;
import io.clinicalstreams.topics.setting.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidMetadataException;

/** Trials on a local cluster. Each has topics of its own, which are deleted at once. */
public final class ClusterTrials implements Trials, AutoCloseable {

    private static final int RULER_PARTITIONS = 6;
    private static final int RULER_RECORDS = 400_000;
    private static final int SHORT_RULER_RECORDS = 300;
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration ALIVE = Duration.ofSeconds(5);

    /** How trials are run. */
    private interface Launcher {
        Map<Metric, Double> run(Trial trial, FactorLevel level) throws Exception;
    }

    private final Experiment experiment;
    private final LevelCatalogues catalogues;
    private final LocalCluster cluster;
    private final Launcher launcher;
    private final LaneLaunch.Starter lanes;
    private final int rulerRecords;
    private final Admin admin;
    private int trials;

    private ClusterTrials(
            Experiment experiment,
            LevelCatalogues catalogues,
            LocalCluster cluster,
            Launcher launcher,
            LaneLaunch.Starter lanes,
            int rulerRecords) {
        this.experiment = experiment;
        this.catalogues = catalogues;
        this.cluster = cluster;
        this.launcher = launcher;
        this.lanes = lanes;
        this.rulerRecords = rulerRecords;
        this.admin =
                Admin.create(ClusterAnswer.within(ANSWER, Map.of("bootstrap.servers", cluster.bootstrapServers())));
    }

    /** The brokers that an experiment wants, for a caller that closes them. Deleted topics leave the disk at once. */
    public static LocalCluster start(Experiment experiment) {
        return LocalCluster.builder()
                .brokers(experiment.brokers())
                .setting("log.segment.delete.delay.ms", "0")
                .withoutShutdownHook()
                .start();
    }

    /** Trials in JVMs of their own. The cluster remains the caller's. */
    public static ClusterTrials on(LocalCluster cluster, Experiment experiment, LevelCatalogues catalogues) {
        return new ClusterTrials(experiment, catalogues, cluster, TrialProcess::run, LaneProcess::start, RULER_RECORDS);
    }

    /** Trials in this process, for a moment only, to see that they run: their figures mean nothing. */
    public static ClusterTrials briefly(LocalCluster cluster, Experiment experiment, LevelCatalogues catalogues) {
        return new ClusterTrials(
                experiment,
                catalogues,
                cluster,
                (trial, level) -> trial.measure(),
                LaneInThisProcess::start,
                SHORT_RULER_RECORDS);
    }

    @Override
    public Map<Metric, Double> level(FactorLevel level) throws IOException, InterruptedException {
        cluster.awaitReady(ALIVE);
        String trial = experiment.name() + '-' + ++trials;
        Catalogue catalogue = catalogues.write(level, trial);
        String lane = experiment.lane();
        return lane == null ? ofClient(level, catalogue) : ofLane(level, catalogue, catalogue.lane(lane));
    }

    private Map<Metric, Double> ofClient(FactorLevel level, Catalogue catalogue)
            throws IOException, InterruptedException {
        Topic topic = catalogue.topic(experiment.topic());
        create(catalogue, List.of(topic), List.of());
        return figures(
                () -> launcher.run(
                        experiment.measure() == Measure.CONSUME ? consume(level, topic) : produce(level, topic), level),
                List.of(topic.fullName()));
    }

    private Trial produce(FactorLevel level, Topic topic) {
        return new ProduceTrial(
                cluster.bootstrapServers(),
                brokers(),
                topic.fullName(),
                topic.partitions(),
                topic.replication(),
                with(topic.producer(), level.producer()),
                experiment.load(level));
    }

    private Trial consume(FactorLevel level, Topic topic) {
        return new ConsumeTrial(
                cluster.bootstrapServers(),
                brokers(),
                topic.fullName(),
                topic.partitions(),
                topic.producer().plain(),
                with(topic.consumer(), level.consumer()),
                experiment.load(level));
    }

    private static Map<String, String> with(Settings settings, Map<String, String> differences) {
        Map<String, String> all = new HashMap<>(settings.plain());
        all.putAll(differences);
        return all;
    }

    private Map<Metric, Double> ofLane(FactorLevel level, Catalogue catalogue, Lane lane)
            throws IOException, InterruptedException {
        create(catalogue, lane.topics(), List.of(lane));
        List<String> topics = Stream.concat(lane.topics().stream().map(Topic::fullName), lane.internalTopics().stream())
                .toList();
        LaneLaunch launch = new LaneLaunch(
                cluster.bootstrapServers(), catalogues.folder(), catalogue.environment(), lane.name(), "", level);
        return figures(
                () -> {
                    if (!lane.references().isEmpty()) {
                        ReferenceData.of(catalogue, Map.of("bootstrap.servers", cluster.bootstrapServers()))
                                .apply(AlertRuleYaml.load());
                    }
                    try (LaneTrial trial = new LaneTrial(experiment, launch, lanes, brokers(), catalogue, admin)) {
                        return switch (experiment.measure()) {
                            case CATCH_UP -> trial.catchUp();
                            case STEADY -> trial.steady();
                            case RESTORE -> trial.restore();
                            case PRODUCE, CONSUME -> throw new IllegalStateException("no lane is under test");
                        };
                    }
                },
                topics);
    }

    private void create(Catalogue catalogue, List<Topic> topics, List<Lane> lanes) {
        TopicsOnCluster.createMissing(new Catalogue(catalogue.where(), topics, lanes), admin);
        topics.forEach(topic -> awaitLeaders(topic.fullName(), topic.partitions()));
    }

    /** In this process: it is the same in every pass, also as compiled. One JVM differs from the next by more than 5 %. */
    @Override
    public Map<Metric, Double> ruler() throws IOException, InterruptedException {
        cluster.awaitReady(ALIVE);
        String topic = "ruler-" + ++trials;
        ClusterAnswer.of(admin.createTopics(List.of(new NewTopic(topic, RULER_PARTITIONS, (short) 1)))
                .all());
        awaitLeaders(topic, RULER_PARTITIONS);
        Ruler ruler = new Ruler(cluster.bootstrapServers(), brokers(), topic, RULER_PARTITIONS, rulerRecords);
        return figures(ruler::measure, List.of(topic));
    }

    /**
     * Waits until brokers know the topic and each partition's leader answers. A batch that comes before is refused. If the
     * next one in flight is then accepted, the first no longer has the expected sequence number, and expires.
     */
    private void awaitLeaders(String topic, int partitions) {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        boolean isReady = ClusterAnswer.eventually(ANSWER, () -> {
            try {
                ClusterAnswer.of(admin.listOffsets(ends).all());
                return true;
            } catch (InvalidMetadataException notYet) {
                return false;
            }
        });
        if (!isReady) {
            throw new CommandException(
                    ExitCode.FAILURE, "topic " + topic + " has no leaders after " + ANSWER.toSeconds() + " s");
        }
    }

    private Map<Metric, Double> figures(Callable<Map<Metric, Double>> trial, List<String> topics)
            throws IOException, InterruptedException {
        try {
            return trial.call();
        } catch (InterruptedException | IOException failed) {
            throw failed;
        } catch (Exception failed) {
            // If a broker has ended meanwhile, this says so, with the end of its log.
            cluster.awaitReady(ALIVE);
            throw failed instanceof RuntimeException itself
                    ? itself
                    : new CommandException(ExitCode.FAILURE, "a trial failed: " + failed);
        } finally {
            delete(topics);
        }
    }

    /** What cannot be deleted ends with the cluster. */
    private void delete(List<String> topics) {
        try {
            ClusterAnswer.of(admin.deleteTopics(topics).all());
        } catch (KafkaException | CommandException unanswered) {
            // The next trial has topics of its own.
        }
    }

    private List<Long> brokers() {
        return cluster.brokers().stream().map(Broker::pid).toList();
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
