package io.clinicalstreams.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.ExperimentFiles;
import io.clinicalstreams.experiment.LevelCatalogues;
import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every experiment for a moment. Its figures mean nothing and are not asserted. */
@Tag("broker")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ExperimentsOnABrokerTest {

    private static LocalCluster cluster;

    @TempDir
    private Path folder;

    /** For a moment, the differences of several experiments on a lane fit into one trial. */
    static Collection<ShortForm> shortForms() {
        List<ShortForm> all = new ArrayList<>();
        for (CatalogueFile file : ExperimentFiles.all()) {
            ShortForm next = ShortForm.of(onOneBroker(file).shortened());
            int fitting = IntStream.range(0, all.size())
                    .filter(each -> all.get(each).fits(next))
                    .findFirst()
                    .orElse(all.size());
            if (fitting < all.size()) {
                all.set(fitting, all.get(fitting).and(next));
            } else {
                all.add(next);
            }
        }
        return all;
    }

    @BeforeAll
    static void start() {
        cluster = LocalCluster.builder().start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    /** The last level, which differs most; that all of them can be loaded is tested without a broker. */
    @ParameterizedTest
    @MethodSource("shortForms")
    @Order(1)
    void runsInItsShortForm(ShortForm form) throws Exception {
        try (ClusterTrials trials = ClusterTrials.briefly(cluster, form.experiment(), levels(form.experiment()))) {
            assertThat(trials.level(form.level())).containsKeys(form.figures());
        }
    }

    /** A lane runs as the service in a process of its own, whose CPU time is measured, not that of this JVM. */
    @Test
    @Order(2)
    void runsALaneInAJvmOfItsOwnAndKillsIt() throws Exception {
        Experiment experiment =
                onOneBroker(ExperimentFiles.find("restore-segment")).shortened();
        try (ClusterTrials trials = ClusterTrials.on(cluster, experiment, levels(experiment));
                Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            Map<Metric, Double> figures = trials.level(experiment.levels().get(1));

            assertThat(figures.get(Metric.READY_AFTER)).isGreaterThan(100);
            assertThat(figures.get(Metric.RESUMED_AFTER)).isGreaterThanOrEqualTo(figures.get(Metric.READY_AFTER));
            awaitNoTopicOf("restore-segment", admin);
        }
        assertThat(ProcessHandle.current().descendants()).hasSize(1);
    }

    @Test
    @Order(2)
    void runsInAJvmOfItsOwnAndLeavesNoTopic() throws Exception {
        Experiment experiment =
                onOneBroker(ExperimentFiles.find("ingress-linger")).shortened();
        try (ClusterTrials trials = ClusterTrials.on(cluster, experiment, levels(experiment));
                Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            Map<Metric, Double> figures = trials.level(experiment.levels().get(0));

            assertThat(figures)
                    .containsKeys(Metric.CLIENT_CPU_PER_RECORD, Metric.BROKER_CPU_PER_RECORD)
                    .hasEntrySatisfying(
                            Metric.CONFIRMED_P50, median -> assertThat(median).isPositive())
                    .hasEntrySatisfying(Metric.LOG_BYTES_PER_RECORD, bytes -> assertThat(bytes)
                            .isBetween(100.0, 1_500.0));
            awaitNoTopicOf("ingress-linger", admin);
        }
    }

    @Test
    @Order(2)
    void measuresTheRuler() throws Exception {
        Experiment experiment = onOneBroker(ExperimentFiles.find("ingress-linger"));
        try (ClusterTrials trials = ClusterTrials.briefly(cluster, experiment, levels(experiment))) {
            assertThat(trials.ruler())
                    .containsKey(Metric.CPU_PER_RECORD)
                    .hasEntrySatisfying(
                            Metric.RECORDS_PER_SECOND, rate -> assertThat(rate).isPositive());
        }
    }

    @Test
    @Order(3)
    void namesABrokerThatDies() throws Exception {
        Experiment experiment =
                onOneBroker(ExperimentFiles.find("ingress-linger")).shortened();
        try (ClusterTrials trials = ClusterTrials.briefly(cluster, experiment, levels(experiment))) {
            ProcessHandle broker =
                    ProcessHandle.of(cluster.brokers().get(0).pid()).orElseThrow();
            assertThat(broker.destroyForcibly()).isTrue();
            broker.onExit().join();

            assertThatThrownBy(trials::ruler)
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("broker 0 on ")
                    .hasMessageContaining(" ended");
        }
    }

    /** A broker hears of a deletion a moment after the controller has confirmed it. */
    private static void awaitNoTopicOf(String experiment, Admin admin) {
        boolean areGone = ClusterAnswer.eventually(
                Duration.ofSeconds(10),
                () -> ClusterAnswer.of(admin.listTopics().names()).stream()
                        .noneMatch(name -> name.contains(experiment)));
        assertThat(areGone).as("no topic of " + experiment + " is left").isTrue();
    }

    private static Experiment onOneBroker(CatalogueFile file) {
        return ExperimentFiles.read(new CatalogueFile(file.name(), file.text().replace("brokers: 3", "brokers: 1")));
    }

    private LevelCatalogues levels(Experiment experiment) throws IOException {
        CatalogueLoader.copy(folder);
        return LevelCatalogues.of(experiment, experiment.name(), "development", folder);
    }
}
