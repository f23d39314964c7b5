package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.experiment.TrialLoad;
import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.generate.GeneratorSource;
import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * One trial of a lane, with topics, group and state folder of its own. The input is generated and sent by this process, the
 * lane runs in processes of its own.
 */
final class LaneTrial implements AutoCloseable {

    private static final Duration STUCK = Duration.ofMinutes(2);
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(30);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(300);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final String INSTANCE = "instance-";
    private static final String FIRST = INSTANCE + 1;
    private static final int GLANCE_MILLIS = 25;
    private static final double NANOS_PER_MILLI = 1e6;

    private final FactorLevel level;
    private final TrialLoad load;
    private final LaneLaunch launch;
    private final LaneLaunch.Starter starter;
    private final List<Long> brokers;
    private final Catalogue catalogue;
    private final Topic input;
    private final InputCommits commits;
    private final List<LaneInstance> instances = new ArrayList<>();

    /** @param launch of the first instance */
    LaneTrial(
            Experiment experiment,
            LaneLaunch launch,
            LaneLaunch.Starter starter,
            List<Long> brokers,
            Catalogue catalogue,
            Admin admin) {
        this.level = launch.level();
        this.load = experiment.load(level);
        this.launch = launch;
        this.starter = starter;
        this.brokers = brokers;
        this.catalogue = catalogue;
        Lane lane = catalogue.lane(launch.lane());
        this.input = catalogue.topic(experiment.topic());
        this.commits = new InputCommits(admin, lane, input);
    }

    /** From a commit after the warm-up until the time is up or a partition has no more input. */
    Map<Metric, Double> catchUp() throws IOException, InterruptedException {
        loadRecords();
        Map<TopicPartition, Long> ends = commits.ends();
        startInstances();
        CatchUpWindow window = new CatchUpWindow(load, times());
        long records = 0;
        while (!window.isOver()) {
            Map<TopicPartition, Long> committed = committedBeyond(records);
            records = InputCommits.records(committed);
            window.add(times(), records, InputCommits.areAtAnEnd(committed, ends));
        }
        return window.figures();
    }

    private Map<TopicPartition, Long> committedBeyond(long records) throws InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        await("the lane commits nothing more", () -> {
            committed.putAll(commits.now());
            return InputCommits.records(committed) > records;
        });
        return committed;
    }

    private TrialTimes times() {
        List<Long> lane = instances.stream().map(LaneInstance::pid).distinct().toList();
        return TrialTimes.untilNow(lane, brokers);
    }

    /** Latencies from the intended time of each record, after the warm-up. */
    Map<Metric, Double> steady() throws IOException, InterruptedException {
        startInstances();
        awaitReady();
        try (Sender sender = Sender.open(catalogue, client());
                Source source = generated(RateCurve.steady(load.rate()), Long.MAX_VALUE)) {
            send(sender, source, load.warmUp());
            try (LatencyProbe probe =
                    LatencyProbe.open(catalogue, client(), outcomes(), IsolationLevel.READ_COMMITTED)) {
                TrialTimes start = times();
                SendResult sent = send(sender, source, load.duration());
                ProduceTrial.requireSchedule(sent, load);
                Map<Metric, Double> figures = new EnumMap<>(times().perRecordSince(start, sent.records()));
                ProduceTrial.putConfirmed(sent, figures);
                probe.awaitQuiet(load.isForAMoment() ? MOMENT : QUIET, LONGEST_WAIT);
                put(probe.snapshot(), figures);
                return figures;
            }
        }
    }

    private SendResult send(Sender sender, Source source, Duration duration) throws IOException {
        SendResult sent = sender.run(source, Schedule.of(load.rate(), duration), progress -> {});
        if (!sent.isComplete()) {
            throw new CommandException(ExitCode.FAILURE, String.join("; ", sent.problems()));
        }
        instances.forEach(LaneInstance::requireRunning);
        return sent;
    }

    private Map<String, String> outcomes() {
        Map<String, String> outcomes = new HashMap<>();
        catalogue.lane(launch.lane()).sinks().forEach(sink -> {
            String ofRecorded = LatencyProbe.recorded(catalogue).get(sink.fullName());
            String ofAlerts = LatencyProbe.alerts(catalogue).get(sink.fullName());
            if (ofRecorded != null || ofAlerts != null) {
                outcomes.put(sink.fullName(), ofAlerts == null ? ofRecorded : ofAlerts);
            }
        });
        return outcomes;
    }

    private static void put(ProbeSnapshot seen, Map<Metric, Double> figures) {
        if (seen.failure() != null) {
            throw new CommandException(ExitCode.FAILURE, "measuring ended early: " + seen.failure());
        }
        Latencies recorded = seen.latencies(LatencyProbe.RECORDED);
        if (recorded.count() > 0) {
            figures.put(Metric.RECORDED_P50, recorded.p50());
            figures.put(Metric.RECORDED_P99, recorded.p99());
        }
        Latencies alert = seen.latencies(LatencyProbe.ALERT);
        if (alert.count() > 0) {
            figures.put(Metric.ALERT_P50, alert.p50());
            figures.put(Metric.ALERT_P99, alert.p99());
        }
    }

    /** The first instance is killed. If it is the only one, it starts again at once. */
    Map<Metric, Double> restore() throws IOException, InterruptedException {
        loadRecords();
        startInstances();
        awaitReady();
        for (long processed = 0; processed < load.loaded(); ) {
            processed = InputCommits.records(committedBeyond(processed));
        }
        try (Sender sender = Sender.open(catalogue, client());
                Source source = generated(RateCurve.steady(load.rate()), Long.MAX_VALUE);
                Traffic traffic = Traffic.start(sender, source, load.rate())) {
            // The standby replicas, if there are any, catch up meanwhile.
            TimeUnit.MILLISECONDS.sleep(load.warmUp().toMillis());
            return killOne(traffic);
        }
    }

    private Map<Metric, Double> killOne(Traffic traffic) throws IOException, InterruptedException {
        LaneInstance victim = instances.remove(0);
        long killed = System.nanoTime();
        victim.kill();
        Map<TopicPartition, Long> ends = commits.ends();
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        if (instances.isEmpty()) {
            LaneInstance again = starter.start(launch.of(FIRST));
            instances.add(again);
            await("the lane is not ready again", again::isReady);
            figures.put(Metric.READY_AFTER, millisSince(killed));
        }
        await("the lane does not go on", () -> {
            traffic.requireSending();
            return commits.areBeyond(ends);
        });
        figures.put(Metric.RESUMED_AFTER, millisSince(killed));
        return figures;
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / NANOS_PER_MILLI;
    }

    private void loadRecords() throws IOException {
        try (Sender sender = Sender.open(catalogue, client());
                Source source = generated(RateCurve.steady(0), load.loaded())) {
            SendResult sent = sender.run(source, Schedule.of(0, LONGEST_LOAD), progress -> {});
            if (!sent.isComplete()) {
                throw new CommandException(ExitCode.FAILURE, String.join("; ", sent.problems()));
            }
        }
    }

    /** Contents are the same in each trial; their times are now, so that no reading is stale. */
    private Source generated(RateCurve due, long records) {
        return new GeneratorSource(
                new Generator(load.toScenario(), input.partitions()),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                due,
                records);
    }

    private void startInstances() throws IOException, InterruptedException {
        for (int number = 1; number <= level.runningInstances(); number++) {
            instances.add(starter.start(launch.of(INSTANCE + number)));
        }
    }

    private void awaitReady() throws InterruptedException {
        for (LaneInstance instance : instances) {
            await("the lane is not ready", instance::isReady);
        }
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private void await(String otherwise, Condition condition) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            while (!condition.holds()) {
                instances.forEach(LaneInstance::requireRunning);
                if (System.nanoTime() - begun > STUCK.toNanos()) {
                    throw new CommandException(ExitCode.FAILURE, otherwise + " within " + STUCK.toSeconds() + " s");
                }
                TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
            }
        } catch (IOException failed) {
            throw new CommandException(ExitCode.FAILURE, otherwise + ": " + failed);
        }
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", launch.bootstrapServers());
    }

    @Override
    public void close() {
        instances.forEach(LaneInstance::close);
    }
}
