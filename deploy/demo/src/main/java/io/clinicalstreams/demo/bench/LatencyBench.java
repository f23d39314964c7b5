package io.clinicalstreams.demo.bench;

import io.clinicalstreams.demo.AllLanes;
import io.clinicalstreams.demo.DemoCluster;
import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.generate.GeneratorSource;
import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.peer.RunNames;
import io.clinicalstreams.pipeline.runtime.PipelineService;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.ReferenceData;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.IsolationLevel;

/**
 * Sends on a fixed schedule to both lanes, as the service runs them, and at the same time to a bare echo of the same
 * input. Measures when the echo, the alerts and the recorded resources can be read, each with its own probe, so that
 * none waits for another.
 */
final class LatencyBench {

    /**
     * The settings of a measurement.
     *
     * @param catalogue folder of the catalogue
     * @param environment the catalogue's environment
     * @param scenario enough of it critical that alerts are written all the time
     * @param load the rate over time
     * @param warmUp the same load before measuring, not counted
     * @param naive whether the naive alerting topology runs too
     */
    record Settings(
            Path catalogue,
            String environment,
            Scenario scenario,
            RateCurve load,
            Duration duration,
            Duration warmUp,
            boolean naive) {}

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final String ECHO = "echo";
    private static final String NAIVE = "naive";

    private final DemoCluster cluster;
    private final Settings settings;
    private final PrintWriter err;
    private final Catalogue catalogue;
    private final RunNames names;
    private final Topic echoTopic;

    LatencyBench(DemoCluster cluster, Settings settings, PrintWriter err) {
        this.cluster = cluster;
        this.settings = settings;
        this.err = err;
        this.catalogue = CatalogueLoader.load(settings.catalogue(), settings.environment());
        this.names = new RunNames(catalogue);
        // Only the copy of the alert topic is used: same settings, another name.
        this.echoTopic = names.forRun("echo").topic(TopicNames.ALERT_GENERATED);
    }

    /** @throws CommandException when a part fails, or other instances of the lanes run on this cluster */
    BenchResult run() throws IOException, InterruptedException {
        try (BenchAdmin admin = new BenchAdmin(cluster);
                TemporaryResources temporary = new TemporaryResources(admin, err)) {
            prepare(admin, temporary);
            err.println("Starting both lanes and the echo ...");
            try (PipelineService service = AllLanes.start(
                            settings.catalogue(),
                            settings.environment(),
                            cluster.clientSettings(),
                            cluster.stateDirectory(),
                            "bench-" + ProcessHandle.current().pid());
                    Echo echo = Echo.start(catalogue, cluster, echoTopic.fullName());
                    NaiveAlerts naive = settings.naive() ? naive(admin, temporary) : null;
                    Sender sender = Sender.open(catalogue, cluster.clientSettings())) {
                AllLanes.awaitReady(service);
                Generator generator = new Generator(settings.scenario(), sender.partitions());
                err.println(String.format(
                        Locale.ROOT,
                        "Warming up for %d s, then measuring for %d s ...",
                        settings.warmUp().toSeconds(),
                        settings.duration().toSeconds()));
                LatencyResult result = measure(generator, sender);
                echo.check();
                if (naive != null) {
                    naive.check();
                }
                // So that the lanes' groups are empty and can be deleted.
                service.leave();
                return result;
            }
        }
    }

    /** Creates topics, groups and reference data; new ones are deleted at the end. */
    private void prepare(BenchAdmin admin, TemporaryResources temporary) throws InterruptedException {
        AllLanes.demandNoOthers(admin.admin(), catalogue);
        Set<String> groups = admin.groups();
        Set<String> topics = admin.topics();
        for (Lane lane : catalogue.lanes()) {
            if (!groups.contains(lane.applicationId())) {
                temporary.group(lane.applicationId());
            }
            temporary.topics(lane.internalTopics().stream()
                    .filter(topic -> !topics.contains(topic))
                    .toList());
        }
        temporary.topics(admin.createMissing(catalogue));
        List<Topic> own = settings.naive() ? List.of(echoTopic, NaiveAlerts.alerts(names)) : List.of(echoTopic);
        temporary.topics(admin.createMissing(new Catalogue(catalogue.where(), own, List.of())));
        ReferenceData.of(catalogue, cluster.client(Map.of())).apply(AlertRuleYaml.load());
    }

    private NaiveAlerts naive(BenchAdmin admin, TemporaryResources temporary) throws IOException {
        Topic input = catalogue.topic(TopicNames.RESOURCE_RECEIVED);
        return NaiveAlerts.start(settings, input, names, cluster, admin, temporary);
    }

    /** No record is in flight when this returns. */
    private LatencyResult measure(Generator generator, Sender sender) throws IOException, InterruptedException {
        Schedule schedule = new Schedule(settings.load(), settings.warmUp(), settings.duration());
        try (LatencyProbe echo = probe(Map.of(echoTopic.fullName(), ECHO), IsolationLevel.READ_UNCOMMITTED);
                LatencyProbe alert = probe(LatencyProbe.alerts(catalogue), IsolationLevel.READ_COMMITTED);
                LatencyProbe recorded = probe(LatencyProbe.recorded(catalogue), IsolationLevel.READ_COMMITTED);
                LatencyProbe naive = settings.naive()
                        ? probe(Map.of(NaiveAlerts.alerts(names).fullName(), NAIVE), IsolationLevel.READ_COMMITTED)
                        : null;
                Source source = new GeneratorSource(generator, Instant.now(), schedule.load(), Long.MAX_VALUE)) {
            MachineCpu start = MachineCpu.untilNow();
            SendResult sent = sender.run(source, schedule, progress -> {});
            if (!sent.isComplete()) {
                throw new CommandException(ExitCode.FAILURE, "sending failed: " + String.join("; ", sent.problems()));
            }
            OptionalDouble others = MachineCpu.untilNow().othersSince(start);
            for (LatencyProbe probe : Stream.of(echo, alert, recorded, naive)
                    .filter(Objects::nonNull)
                    .toList()) {
                probe.awaitQuiet(QUIET, LONGEST_WAIT);
            }
            return new LatencyResult(
                    settings,
                    sent,
                    latencies(echo, ECHO),
                    latencies(alert, LatencyProbe.ALERT),
                    latencies(recorded, LatencyProbe.RECORDED),
                    naive == null ? null : latencies(naive, NAIVE),
                    others);
        }
    }

    private LatencyProbe probe(Map<String, String> outcomes, IsolationLevel isolation) {
        return LatencyProbe.open(catalogue, cluster.clientSettings(), outcomes, isolation);
    }

    private static Latencies latencies(LatencyProbe probe, String outcome) {
        ProbeSnapshot seen = probe.snapshot();
        if (seen.failure() != null) {
            throw new CommandException(
                    ExitCode.FAILURE, "measuring the " + outcome + " ended early: " + seen.failure());
        }
        return seen.latencies(outcome);
    }
}
