package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.generate.GeneratorSource;
import io.clinicalstreams.loadgen.measure.Lag;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.replay.ReplaySource;
import io.clinicalstreams.loadgen.result.RunDescription;
import io.clinicalstreams.loadgen.result.RunFile;
import io.clinicalstreams.loadgen.result.RunRecorder;
import io.clinicalstreams.loadgen.result.RunResult;
import io.clinicalstreams.loadgen.result.SystemSampler;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.loadgen.send.Target;
import io.clinicalstreams.pipeline.runtime.PipelineService;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.plan.TopicsOnCluster;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.ReferenceData;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.StopSignal;
import io.clinicalstreams.verifier.RunVerdict;
import io.clinicalstreams.verifier.Verifier;
import io.clinicalstreams.verifier.alert.AlertForm;
import io.clinicalstreams.verifier.alert.AlertForms;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.VerificationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * The whole system on one machine: brokers, topics, reference data, both lanes and the load generator, observed while
 * it runs, and judged at the end by reading the topics back.
 */
final class Demo implements AutoCloseable {

    private static final Duration CATCH_UP = Duration.ofMinutes(10);
    private static final Duration STOP = Duration.ofSeconds(20);

    private final DemoSettings settings;
    private final ClusterOptions existing;
    private final PrintWriter out;
    private final PrintWriter err;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final AtomicReference<Sender> sending = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> starting = new AtomicReference<>();
    private final StopSignal signal;
    private volatile boolean stopped;

    Demo(DemoSettings settings, ClusterOptions existing, PrintWriter out, PrintWriter err) {
        this.settings = settings;
        this.existing = existing;
        this.out = out;
        this.err = err;
        this.signal = StopSignal.telling(this::stop, STOP);
    }

    ExitCode run() throws IOException, InterruptedException {
        starting.set(Thread.currentThread());
        try {
            return runUntilStopped();
        } catch (RuntimeException | InterruptedException failure) {
            // A signal from a terminal reaches the brokers too, so a start may fail in many ways.
            if (stopped) {
                return interrupted();
            }
            throw failure;
        }
    }

    private ExitCode runUntilStopped() throws IOException, InterruptedException {
        Catalogue catalogue = CatalogueLoader.load(settings.environment());
        // Before starting anything, so that an unreadable history fails at once.
        try (@Nullable Source histories = histories(catalogue.where().fhir());
                DemoCluster cluster = DemoCluster.open(existing, catalogue.where(), settings.brokers(), err);
                Admin admin = Admin.create(cluster.client(Map.of()))) {
            AllLanes.demandNoOthers(admin, catalogue);
            err.println("Applying topics and reference data ...");
            TopicsOnCluster.createMissing(catalogue, admin);
            ReferenceData reference = ReferenceData.of(catalogue, cluster.client(Map.of()));
            reference.apply(AlertRuleYaml.load());
            if (showsPatients(cluster)) {
                reference.apply(ShownPatients.OWNER, List.of(ShownPatients.rule()));
            }
            err.println("Starting both lanes ...");
            try (PipelineService service = AllLanes.start(
                    null,
                    settings.environment(),
                    cluster.clientSettings(),
                    cluster.stateDirectory(),
                    "demo-" + ProcessHandle.current().pid())) {
                AllLanes.awaitReady(service);
                ExitCode exitCode = sendAndJudge(catalogue, cluster, admin, service, histories);
                // So that the next lanes on this cluster need not wait for a session timeout.
                service.leave();
                return exitCode;
            }
        }
    }

    private ExitCode sendAndJudge(
            Catalogue catalogue, DemoCluster cluster, Admin admin, PipelineService service, @Nullable Source histories)
            throws IOException, InterruptedException {
        Verifier verifier = new Verifier(catalogue, cluster.client(Map.of()));
        // Earlier input is processed first and does not count for this run.
        if (!hasProcessedAll(verifier, service)) {
            return stopped ? interrupted() : ExitCode.FAILURE;
        }
        Mark mark = verifier.mark();
        starting.set(null);
        try (LatencyProbe probe = LatencyProbe.ofPipeline(catalogue, cluster.clientSettings());
                Sender sender = Sender.open(catalogue, cluster.clientSettings())) {
            sending.set(sender);
            Schedule schedule = schedule(histories == null);
            Source source = histories == null ? generated(sender.partitions(), schedule) : histories;
            source = showsPatients(cluster) ? new ShownPatients(source, InstantSource.system()) : source;
            if (!schedule.warmUp().isZero()) {
                err.println("Warming up for " + schedule.warmUp().toSeconds() + " s, then measuring ...");
            }
            long started = System.nanoTime();
            RunFile file = settings.result() == null ? null : new RunFile(settings.result());
            SendResult sent;
            boolean finished;
            double seconds;
            RunVerdict verdict;
            RunResult result;
            try (RunRecorder recorder = recorder(catalogue, cluster, admin, sender, probe, schedule, file)) {
                sent = new WatchedSending(sender, probe, catalogue, admin, err).run(source, schedule);
                sent.problems().forEach(err::println);
                if (stopped) {
                    recorder.finish(sent, "a signal stopped the run", null);
                    return interrupted();
                }
                err.println("Sent. Waiting for the lanes to finish, then reading the topics back ...");
                finished = hasProcessedAll(verifier, service);
                if (stopped) {
                    recorder.finish(sent, "a signal stopped the run", null);
                    return interrupted();
                }
                seconds = (System.nanoTime() - started) / 1e9;
                probe.awaitQuiet(Duration.ofMillis(500), Duration.ofSeconds(10));
                verdict = verifier.judge(mark, sent.acknowledged());
                result = recorder.finish(
                        sent,
                        finished ? sent.problems().stream().findFirst().orElse(null) : "the lanes did not finish",
                        Map.of(
                                "lost", verdict.resources().lost(),
                                "duplicated", verdict.resources().duplicated(),
                                "otherProblems", verdict.otherProblems()));
            }
            Measured measured = new Measured(probe.snapshot(), sent, seconds);
            Report report = Report.of(verdict, measured.latency(), measured.lateness(), measured.seconds());
            if (settings.report() != null) {
                report.write(settings.report());
            }
            out.print(new DemoSummary(
                            report,
                            verdict,
                            measured,
                            result.summary(),
                            alerts(verifier, mark, form -> form.rule().equals(ShownPatients.SILENCE)),
                            alerts(verifier, mark, form -> form.transition().equals("moved")))
                    .text());
            out.flush();
            Optional<String> unwritten = file == null ? Optional.empty() : file.problem();
            unwritten.ifPresent(err::println);
            boolean whole =
                    finished && !service.failed() && sent.isComplete() && measured.isWhole() && unwritten.isEmpty();
            keepRunning(cluster, service);
            return verdict.isGood() ? (whole ? ExitCode.OK : ExitCode.FAILURE) : ExitCode.NOT_HELD;
        }
    }

    private RunRecorder recorder(
            Catalogue catalogue,
            DemoCluster cluster,
            Admin admin,
            Sender sender,
            LatencyProbe probe,
            Schedule schedule,
            @Nullable RunFile file) {
        RunDescription description = new RunDescription(
                "demo",
                settings.fields(),
                Target.received(catalogue, cluster.clientSettings()).effectiveSettings(),
                catalogue.lanes().stream().collect(Collectors.toMap(Lane::name, lane -> lane.settings()
                        .plain())),
                schedule);
        List<Lag> lags = catalogue.lanes().stream()
                .map(lane -> Lag.of(admin, lane, sender.partitions()))
                .toList();
        return RunRecorder.start(
                description, sender, List.of(probe), new SystemSampler(cluster.processes("demo"), lags, admin), file);
    }

    /** Waits until the lanes have processed all input; returns false, after a message, when they do not. */
    private boolean hasProcessedAll(Verifier verifier, PipelineService service) {
        try {
            verifier.awaitProcessed(Mark.BEGINNING, CATCH_UP, () -> stopped || service.failed());
            return true;
        } catch (VerificationException unfinished) {
            err.println(service.failed() ? "A lane has failed" + LaneLog.hint() : "The lanes did not finish.");
            err.println(String.valueOf(unfinished.getMessage()));
            return false;
        }
    }

    private ExitCode interrupted() {
        err.println("Interrupted: no verdict.");
        return ExitCode.FAILURE;
    }

    private @Nullable Source histories(FhirSettings fhir) throws IOException {
        if (settings.replay() == null) {
            return null;
        }
        err.println("Reading the histories to shift them to now ...");
        return ReplaySource.open(settings.replay(), fhir, Instant.now());
    }

    /** Only on brokers of its own: their rule stays, and input that is replayed comes alone. */
    private boolean showsPatients(DemoCluster cluster) {
        return settings.replay() == null && cluster.own() != null;
    }

    private static long alerts(Verifier verifier, Mark from, Predicate<AlertForm> which) {
        return AlertForms.current(verifier.source(), verifier.topics(), from).byId().values().stream()
                .filter(which)
                .count();
    }

    private Source generated(int partitions, Schedule schedule) {
        return new GeneratorSource(
                new Generator(settings.scenario(), partitions), Instant.now(), schedule.load(), Long.MAX_VALUE);
    }

    /** Files are sent completely and without a warm-up: no other records may come before them. */
    private Schedule schedule(boolean isGenerated) {
        return isGenerated
                ? new Schedule(settings.load(), settings.warmUp(), settings.duration())
                : new Schedule(settings.load(), Duration.ZERO, Duration.ofDays(1));
    }

    private void keepRunning(DemoCluster cluster, PipelineService service) throws InterruptedException {
        if (!settings.keep() || stopped) {
            return;
        }
        err.println("Running until Ctrl-C: brokers at " + cluster.bootstrapServers() + ", metrics and health at"
                + " http://localhost:" + service.httpPort() + "/metrics");
        err.println("Try in another terminal: ./clinical-streams alerts tail --from-beginning --bootstrap-server "
                + cluster.bootstrapServers());
        stopRequested.await();
    }

    @Override
    public void close() {
        signal.close();
    }

    private void stop() {
        stopped = true;
        stopRequested.countDown();
        Thread thread = starting.get();
        if (thread != null) {
            thread.interrupt();
        }
        Sender sender = sending.get();
        if (sender != null) {
            sender.stop();
        }
    }
}
