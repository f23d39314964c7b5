package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.generate.GeneratorSource;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.replay.ReplaySource;
import io.clinicalstreams.loadgen.send.SendProgress;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.loadgen.verify.Mark;
import io.clinicalstreams.loadgen.verify.Report;
import io.clinicalstreams.loadgen.verify.Verdict;
import io.clinicalstreams.loadgen.verify.Verifier;
import io.clinicalstreams.pipeline.runtime.PipelineConfig;
import io.clinicalstreams.pipeline.runtime.PipelineService;
import io.clinicalstreams.pipeline.runtime.SettingLayers;
import io.clinicalstreams.pipeline.runtime.StartupException;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicsOnCluster;
import io.clinicalstreams.topics.command.ClusterOptions;
import io.clinicalstreams.topics.command.Terminal;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.ReferenceData;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;

/**
 * The whole system on one machine: brokers, topics, reference data, both lanes and the load generator, watched while it
 * runs and judged when it ends by reading the topics back.
 */
final class Demo implements AutoCloseable {

    private static final Duration LANES_READY = Duration.ofSeconds(60);
    private static final Duration TABLE_EVERY = Duration.ofSeconds(1);
    private static final Duration CATCH_UP = Duration.ofMinutes(10);
    private static final int INTERRUPTED = 1;

    private final DemoSettings settings;
    private final ClusterOptions existing;
    private final PrintWriter out;
    private final PrintWriter err;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<Sender> sending = new AtomicReference<>();
    private final Thread onSignal = new Thread(this::stop, "stop-demo");
    private volatile boolean stopped;

    Demo(DemoSettings settings, ClusterOptions existing, PrintWriter out, PrintWriter err) {
        this.settings = settings;
        this.existing = existing;
        this.out = out;
        this.err = err;
        Runtime.getRuntime().addShutdownHook(onSignal);
    }

    /** @return the exit code */
    int run() throws IOException, InterruptedException {
        Catalogue catalogue = Catalogue.load(settings.environment());
        try (DemoCluster cluster = DemoCluster.open(existing, settings.brokers(), err);
                Admin admin = Admin.create(objects(cluster.clientSettings()))) {
            say("Applying topics and reference data ...");
            TopicsOnCluster.createMissing(catalogue, admin);
            ReferenceData.of(catalogue, objects(cluster.clientSettings())).apply(AlertRuleYaml.load());
            Verifier verifier = new Verifier(catalogue, objects(cluster.clientSettings()));
            Mark mark = verifier.mark();
            say("Starting both lanes ...");
            try (PipelineService service = PipelineService.start(pipeline(cluster))) {
                awaitReady(service);
                return watchAndJudge(catalogue, cluster, admin, service, verifier, mark);
            }
        }
    }

    private int watchAndJudge(
            Catalogue catalogue,
            DemoCluster cluster,
            Admin admin,
            PipelineService service,
            Verifier verifier,
            Mark mark)
            throws IOException, InterruptedException {
        long started = System.nanoTime();
        try (LatencyProbe probe = LatencyProbe.open(catalogue, cluster.clientSettings());
                Sender sender = Sender.open(catalogue, cluster.clientSettings());
                Source source = source(sender.partitions())) {
            sending.set(sender);
            SendResult sent = send(sender, source, probe, catalogue, admin);
            sent.problems().forEach(this::say);
            if (stopped) {
                say("Interrupted: no verdict.");
                return INTERRUPTED;
            }
            say("Sent. Waiting for the lanes to finish, then reading the topics back ...");
            verifier.awaitQuiet(groups(catalogue), mark, CATCH_UP);
            double seconds = (System.nanoTime() - started) / 1e9;
            probe.awaitQuiet(Duration.ofMillis(500), Duration.ofSeconds(10));
            Verdict verdict = verifier.verify(mark, sent.acknowledged());
            Report report = new LaneCounts(service.registry())
                    .report(verdict, verifier.alerts(mark), probe.snapshot(), sent, seconds);
            if (settings.report() != null) {
                report.write(settings.report());
            }
            out.print(new Summary(report, verdict, sent).text());
            out.flush();
            keepRunning(cluster, service);
            return exitCode(service, sent, report);
        }
    }

    private static int exitCode(PipelineService service, SendResult sent, Report report) {
        if (report.exitCode() != 0) {
            return report.exitCode();
        }
        return service.failed() || !sent.isComplete() ? 1 : 0;
    }

    /** Sends on a thread of its own, and draws the table here. */
    private SendResult send(Sender sender, Source source, LatencyProbe probe, Catalogue catalogue, Admin admin)
            throws IOException, InterruptedException {
        AtomicReference<SendProgress> progress = new AtomicReference<>(new SendProgress(0, 0, 0, 0, 0, 0, 0));
        CompletableFuture<SendResult> result = new CompletableFuture<>();
        Duration longest = settings.replay() == null ? settings.duration() : Duration.ofDays(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(sender.run(source, settings.rate(), longest, progress::set));
                    } catch (IOException | RuntimeException failure) {
                        result.completeExceptionally(failure);
                    }
                },
                "sender");
        thread.start();
        Lag recording = new Lag(admin, catalogue.lane("recording"), sender.partitions());
        Lag alerting = new Lag(admin, catalogue.lane("alerting"), sender.partitions());
        LiveTable table = new LiveTable(err, Terminal.isPresent());
        long start = System.nanoTime();
        while (true) {
            try {
                return result.get(TABLE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillSending) {
                double seconds = (System.nanoTime() - start) / 1e9;
                table.show(new LiveTable.Moment(
                        seconds,
                        Objects.requireNonNull(progress.get()).records(),
                        recording.records(),
                        alerting.records(),
                        probe.snapshot()));
            } catch (ExecutionException failure) {
                if (failure.getCause() instanceof IOException unreadable) {
                    throw unreadable;
                }
                throw new IOException("sending failed", failure);
            }
        }
    }

    private Source source(int partitions) throws IOException {
        if (settings.replay() != null) {
            say("Reading the histories to move them to now ...");
            return ReplaySource.open(settings.replay(), Instant.now());
        }
        return new GeneratorSource(
                new Generator(settings.generator(), partitions), Instant.now(), settings.rate(), Long.MAX_VALUE);
    }

    private PipelineConfig pipeline(DemoCluster cluster) {
        Map<String, String> flags = new HashMap<>(Map.of(
                "bootstrap-servers",
                cluster.bootstrapServers(),
                "environment",
                settings.environment(),
                "lanes",
                PipelineConfig.ALL_LANES,
                "instance-id",
                "demo-" + ProcessHandle.current().pid(),
                "state-directory",
                cluster.stateDirectory().toString(),
                "http-port",
                "0"));
        cluster.clientSettings().forEach((name, value) -> {
            if (!name.equals("bootstrap.servers")) {
                flags.put("kafka." + name, value);
            }
        });
        return PipelineConfig.of(SettingLayers.of(flags, Map.of(), null));
    }

    private static void awaitReady(PipelineService service) throws InterruptedException {
        long deadline = System.nanoTime() + LANES_READY.toNanos();
        while (!service.isReady()) {
            if (service.failed() || System.nanoTime() > deadline) {
                throw new StartupException(
                        "the lanes did not become ready; see .clinical-streams/clinical-streams.log");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void keepRunning(DemoCluster cluster, PipelineService service) throws InterruptedException {
        if (!settings.keep() || stopped) {
            return;
        }
        say("Left running until Ctrl-C: brokers at " + cluster.bootstrapServers() + ", metrics and health at"
                + " http://localhost:" + service.httpPort() + "/metrics");
        say("Try in another terminal: ./clinical-streams alerts tail --from-beginning --bootstrap-server "
                + cluster.bootstrapServers());
        stopRequested.await();
    }

    private static List<String> groups(Catalogue catalogue) {
        return catalogue.lanes().stream().map(lane -> lane.applicationId()).toList();
    }

    private static Map<String, Object> objects(Map<String, String> settings) {
        return new HashMap<>(settings);
    }

    private void say(String line) {
        err.println(line);
        err.flush();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException shuttingDown) {
            // The hook is what is waiting for us.
        }
    }

    private void stop() {
        stopped = true;
        stopRequested.countDown();
        Sender sender = sending.get();
        if (sender != null) {
            sender.stop();
        }
        try {
            // Lanes and brokers get the time to end in order.
            if (!closed.await(20, TimeUnit.SECONDS)) {
                say("Gave up waiting for the demo to end.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
