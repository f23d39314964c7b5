package io.clinicalstreams.demo.bench;

import io.clinicalstreams.demo.DemoCluster;
import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.generate.GeneratorSource;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.peer.PeerJob;
import io.clinicalstreams.peer.PeerResult;
import io.clinicalstreams.peer.PeerRun;
import io.clinicalstreams.peer.RunNames;
import io.clinicalstreams.peer.StreamsPeer;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs all contenders over the same preloaded input, one after the other, round by round, so that a temporary slowdown of
 * the machine affects all of them. Every second round has the opposite order.
 */
final class ThroughputBench implements AutoCloseable {

    /**
     * The settings of a measurement.
     *
     * @param catalogue folder of the catalogue
     * @param environment the catalogue's environment
     * @param contenders in the order of the even rounds
     * @param apart whether each contender has a process of its own
     * @param records number of Observations in the input
     * @param warmUps rounds that do not count
     * @param repeats measured rounds, after these
     * @param scenario Observations only, each valid and rightly keyed
     */
    record Settings(
            Path catalogue,
            String environment,
            List<Contender> contenders,
            boolean apart,
            long records,
            int warmUps,
            int repeats,
            Scenario scenario) {

        /** Mirrored, so that what drifts with time drifts for all. */
        List<Contender> order(int round) {
            List<Contender> order = new ArrayList<>(contenders);
            if (round % 2 == 1) {
                Collections.reverse(order);
            }
            return order;
        }
    }

    private static final Duration LONGEST_PRELOAD = Duration.ofHours(1);

    /** Outputs of the recording lane that a run shares, or that every transaction writes. */
    private static final Set<String> NOT_COMPARED =
            Set.of(TopicNames.RESOURCE_REKEYED, TopicNames.RESOURCE_ACCOUNTED, TopicNames.MEDICATION_CATALOG);

    private final DemoCluster cluster;
    private final Settings settings;
    private final PrintWriter err;
    private final List<RunTiming> measurements = new ArrayList<>();
    private final Map<Contender, PeerJvm> processes = new HashMap<>();
    private @Nullable StateSize state;
    private long alerts;

    ThroughputBench(DemoCluster cluster, Settings settings, PrintWriter err) {
        this.cluster = cluster;
        this.settings = settings;
        this.err = err;
    }

    /** @throws CommandException when a contender fails, or its output is not the input's */
    BenchResult run() throws IOException, InterruptedException {
        RunNames names = new RunNames(CatalogueLoader.load(settings.catalogue(), settings.environment()));
        try (BenchAdmin admin = new BenchAdmin(cluster);
                TemporaryResources temporary = new TemporaryResources(admin, err)) {
            double recordBytes = preload(names.shared(), admin, temporary);
            TopicContent input = TopicContent.of(names.shared().topic(TopicNames.RESOURCE_RECEIVED), cluster);
            for (int round = 0; round < settings.warmUps(); round++) {
                round(round, names, input, admin);
            }
            MachineCpu start = MachineCpu.untilNow();
            for (int round = 0; round < settings.repeats(); round++) {
                round(settings.warmUps() + round, names, input, admin);
            }
            return ThroughputResult.of(
                    input(names.shared(), recordBytes),
                    settings,
                    measurements,
                    MachineCpu.untilNow().othersSince(start));
        }
    }

    private void round(int round, RunNames names, TopicContent input, BenchAdmin admin)
            throws IOException, InterruptedException {
        for (Contender contender : settings.order(round)) {
            RunTiming measurement = run(contender, round, names, input, admin);
            if (round >= settings.warmUps()) {
                measurements.add(measurement);
            }
            say(round, measurement);
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

    private RunTiming run(Contender contender, int round, RunNames names, TopicContent input, BenchAdmin admin)
            throws IOException, InterruptedException {
        String run = round + "-" + contender.id();
        Catalogue catalogue = names.forRun(run);
        Lane lane = catalogue.lane(contender.lane());
        try (TemporaryResources temporary = new TemporaryResources(admin, err)) {
            temporary.topics(admin.createMissing(catalogue));
            temporary.topics(lane.internalTopics());
            temporary.group(lane.applicationId());
            admin.startAtZero(lane.applicationId(), lane.sources());
            PeerResult result = measure(
                    contender,
                    new PeerJob(
                            contender.peer(),
                            contender.topology(),
                            settings.catalogue(),
                            settings.environment(),
                            names.prefix(),
                            run,
                            null,
                            contender.lane(),
                            settings.records(),
                            state == null ? 1 : state.bytesPerInput(settings.records()),
                            cluster.folder(),
                            cluster.clientSettings()));
            checkWork(contender, result, lane, input, admin);
            if (contender.equals(Contender.ALERTING)) {
                alerts = result.counts().getOrDefault(StreamsPeer.ALERTS, 0L);
                state = StateSize.of(catalogue, contender.lane(), cluster);
            }
            return RunTiming.of(contender, settings.records(), result);
        } catch (CommandException failed) {
            throw new CommandException(failed.exitCode(), contender.title() + ": " + failed.getMessage());
        }
    }

    private PeerResult measure(Contender contender, PeerJob job) throws IOException, InterruptedException {
        if (!settings.apart()) {
            return PeerRun.measure(job);
        }
        PeerJvm process = processes.get(contender);
        if (process == null) {
            process = PeerJvm.start(contender);
            processes.put(contender, process);
        }
        return process.run(job);
    }

    /** What loses records is fast for the wrong reason. */
    private void checkWork(Contender contender, PeerResult result, Lane lane, TopicContent input, BenchAdmin admin) {
        for (String count : List.of(StreamsPeer.RECORDED, StreamsPeer.EVALUATED)) {
            long records = result.counts().getOrDefault(count, settings.records());
            if (records != settings.records()) {
                throw new CommandException(
                        ExitCode.FAILURE,
                        String.format(Locale.ROOT, "%s %,d records of %,d", count, records, settings.records()));
            }
        }
        if (contender.lane().equals("recording")) {
            lane.sinks().stream()
                    .filter(sink -> !NOT_COMPARED.contains(sink.name()))
                    .filter(sink -> !isRight(contender, sink, input, admin))
                    .findFirst()
                    .ifPresent(sink -> {
                        throw new CommandException(
                                ExitCode.FAILURE,
                                "no figure, because its output is not its input's: see " + sink.name() + ", "
                                        + TopicContent.of(sink, cluster).records() + " records");
                    });
        }
    }

    /** All input is Observations; nothing may be in another topic, not even the end of a transaction. */
    private boolean isRight(Contender contender, Topic sink, TopicContent input, BenchAdmin admin) {
        return sink.name().equals(TopicNames.OBSERVATION_RECORDED)
                ? TopicContent.of(sink, cluster).isCopyOf(input, contender.copiesRecords())
                : admin.end(sink) == 0;
    }

    private ThroughputInput input(Catalogue catalogue, double recordBytes) {
        int partitions = catalogue.topic(TopicNames.RESOURCE_RECEIVED).partitions();
        return new ThroughputInput(
                settings.records(),
                recordBytes,
                partitions,
                alerts,
                state == null ? 0 : state.bytesPerPut(),
                state == null ? 0 : (double) state.puts() / settings.records());
    }

    private void say(int round, RunTiming measurement) {
        err.println(String.format(
                Locale.ROOT,
                "%-14s %-28s %,9.0f records/s  %5.1f us CPU/record",
                round < settings.warmUps()
                        ? "warm-up"
                        : "round " + (round - settings.warmUps() + 1) + " of " + settings.repeats(),
                measurement.contender().title(),
                measurement.recordsPerSecond(),
                measurement.cpuMicrosPerRecord()));
    }

    @Override
    public void close() {
        processes.values().forEach(PeerJvm::close);
    }
}
