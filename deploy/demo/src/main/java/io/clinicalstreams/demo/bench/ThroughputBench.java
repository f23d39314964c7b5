package io.clinicalstreams.demo.bench;

import io.clinicalstreams.demo.DemoCluster;
import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.generate.GeneratorSource;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.ReferenceData;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs both lanes and a bare topology for each over the same preloaded input, one after the other, round by round, so
 * that a temporary slowdown of the machine affects all of them. The first round is a warm-up and does not count.
 */
final class ThroughputBench {

    /**
     * The settings of a measurement.
     *
     * @param environment the catalogue's environment
     * @param records number of Observations in the input
     * @param repeats measured rounds, after the warm-up round
     * @param scenario Observations only, each valid and rightly keyed
     */
    record Settings(String environment, long records, int repeats, Scenario scenario) {}

    private static final Duration LONGEST_PRELOAD = Duration.ofHours(1);

    private final DemoCluster cluster;
    private final Settings settings;
    private final PrintWriter err;
    private final List<RunTiming> measurements = new ArrayList<>();
    private @Nullable StateSize state;
    private long alerts;

    ThroughputBench(DemoCluster cluster, Settings settings, PrintWriter err) {
        this.cluster = cluster;
        this.settings = settings;
        this.err = err;
    }

    /** @throws CommandException when a topology fails or does not process all records */
    BenchResult run() throws IOException, InterruptedException {
        RunNames names = new RunNames(CatalogueLoader.load(settings.environment()));
        try (BenchAdmin admin = new BenchAdmin(cluster);
                TemporaryResources temporary = new TemporaryResources(admin, err)) {
            double recordBytes = preload(names.shared(), admin, temporary);
            for (int round = 0; round <= settings.repeats(); round++) {
                for (Contender contender : Contender.RUNNING_ORDER) {
                    RunTiming measurement = run(contender, round, names, admin);
                    if (round > 0) {
                        measurements.add(measurement);
                    }
                    say(round, measurement);
                }
            }
            return ThroughputResult.of(input(names.shared(), recordBytes), settings.repeats(), measurements);
        }
    }

    /** @return average bytes of key and value */
    private double preload(Catalogue catalogue, BenchAdmin admin, TemporaryResources temporary) throws IOException {
        temporary.topics(admin.createMissing(catalogue));
        ReferenceData.of(catalogue, cluster.client(Map.of())).apply(AlertRuleYaml.load());
        Topic input = catalogue.topic(TopicNames.RESOURCE_RECEIVED);
        Generator generator = new Generator(settings.scenario(), input.partitions());
        err.println(String.format(Locale.ROOT, "Loading %,d Observations ...", settings.records()));
        try (Sender sender = Sender.open(catalogue, cluster.clientSettings())) {
            SendResult sent = sender.run(
                    new GeneratorSource(generator, Instant.now(), RateCurve.steady(0), settings.records()),
                    Schedule.of(0, LONGEST_PRELOAD),
                    progress -> {});
            if (!sent.isComplete() || admin.end(input) != settings.records()) {
                throw new CommandException(
                        ExitCode.FAILURE, "the input could not be loaded: " + String.join("; ", sent.problems()));
            }
            return (double) sent.bytes() / sent.records();
        }
    }

    private RunTiming run(Contender contender, int round, RunNames names, BenchAdmin admin)
            throws InterruptedException {
        Catalogue catalogue = names.forRun(round + "-" + contender.id());
        MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (TemporaryResources temporary = new TemporaryResources(admin, err)) {
            temporary.topics(admin.createMissing(catalogue));
            temporary.topics(catalogue.lane(contender.lane()).internalTopics());
            temporary.group(catalogue.lane(contender.lane()).applicationId());
            Topologies topologies = new Topologies(
                    catalogue, registry, new RuleTable(), state == null ? 1 : state.bytesPerInput(settings.records()));
            // So that no run pays for the previous run's garbage.
            System.gc();
            RunTiming measurement = new Run(cluster, admin, catalogue, contender.lane(), settings.records())
                    .measure(contender, config -> topologies.build(contender, config));
            checkWork(contender, topologies.rules(), registry);
            if (contender == Contender.ALERTING) {
                alerts = count(registry, "clinical.alerts");
                state = StateSize.of(catalogue, contender.lane(), cluster);
            }
            return measurement;
        }
    }

    /** A lane that loses records is fast for the wrong reason. */
    private void checkWork(Contender contender, RuleTable rules, MeterRegistry registry) {
        if (contender == Contender.RECORDING || contender == Contender.RECORDING_FULL) {
            check(contender, "recorded", count(registry, "clinical.resources.recorded"));
        } else if (contender == Contender.ALERTING) {
            if (!rules.isUsable()) {
                throw new CommandException(ExitCode.FAILURE, contender.title() + ": it had no rules");
            }
            check(contender, "evaluated", count(registry, "clinical.observations.evaluated"));
        }
    }

    private void check(Contender contender, String did, long records) {
        if (records != settings.records()) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    String.format(
                            Locale.ROOT,
                            "%s: %s %,d records of %,d",
                            contender.title(),
                            did,
                            records,
                            settings.records()));
        }
    }

    private static long count(MeterRegistry registry, String counter) {
        return (long) registry.find(counter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private ThroughputInput input(Catalogue catalogue, double recordBytes) {
        if (state == null) {
            throw new IllegalStateException("no round was run");
        }
        int partitions = catalogue.topic(TopicNames.RESOURCE_RECEIVED).partitions();
        return new ThroughputInput(
                settings.records(),
                recordBytes,
                partitions,
                alerts,
                state.bytesPerPut(),
                (double) state.puts() / settings.records());
    }

    private void say(int round, RunTiming measurement) {
        err.println(String.format(
                Locale.ROOT,
                "%-14s %-22s %,9.0f records/s  %5.1f us CPU/record",
                round == 0 ? "warm-up" : "round " + round + " of " + settings.repeats(),
                measurement.contender().title(),
                measurement.recordsPerSecond(),
                measurement.cpuMicrosPerRecord()));
    }
}
