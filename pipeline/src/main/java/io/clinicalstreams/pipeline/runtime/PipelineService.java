package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.ExitCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The microservice: one or more lanes in this process, their health, metrics and shutdown. */
public final class PipelineService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PipelineService.class);

    private final PipelineConfig config;
    private final LogRate logRate = LogRate.ofThisProcess();
    private final PrometheusMeterRegistry registry;
    private final JvmGcMetrics gcMetrics;
    private final List<RunningLane> lanes = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final HealthServer server;
    private volatile boolean stopping;
    private volatile @Nullable StartupException refusal;

    private PipelineService(PipelineConfig config) {
        this.config = config;
        this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        this.gcMetrics = new JvmGcMetrics();
        gcMetrics.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new DiskSpaceMetrics(config.stateDirectory().toFile()).bindTo(registry);
        this.server = HealthServer.start(config.httpAddress(), config.httpPort(), registry, lanes);
    }

    /**
     * Starts the chosen lanes.
     *
     * @throws StartupException if the cluster, its topics or this host do not allow it
     * @throws io.clinicalstreams.topics.problem.CatalogueException if the catalogue is invalid
     */
    public static PipelineService start(PipelineConfig config) throws InterruptedException {
        Catalogue catalogue = config.catalogueDirectory() == null
                ? CatalogueLoader.load(config.environment())
                : CatalogueLoader.load(config.catalogueDirectory(), config.environment());
        ThreadFailures.ofAllThreads();
        PipelineService service = new PipelineService(config);
        try {
            LaneStarter starter = new LaneStarter(config, catalogue, service.registry);
            for (String lane : config.lanes().stream().sorted().toList()) {
                RunningLane running = starter.prepare(lane);
                service.lanes.add(running);
            }
            service.lanes.forEach(lane -> starter.start(lane, service::refuse, service.ended::countDown));
            LOG.atInfo().log("started lanes "
                    + service.lanes.stream().map(RunningLane::name).collect(Collectors.joining(", "))
                    + "; health and metrics on " + config.httpAddress() + ':' + service.httpPort());
            return service;
        } catch (RuntimeException | InterruptedException failure) {
            service.close();
            throw failure;
        }
    }

    /** The port of health and metrics. */
    public int httpPort() {
        return server.port();
    }

    public MeterRegistry registry() {
        return registry;
    }

    public List<RunningLane> lanes() {
        return List.copyOf(lanes);
    }

    public boolean isReady() {
        return lanes.stream().allMatch(RunningLane::isReady);
    }

    /** True if a lane has failed or must not continue. */
    public boolean failed() {
        return refusal != null || lanes.stream().anyMatch(RunningLane::failed);
    }

    /**
     * Waits until a lane ends or the service is closed.
     *
     * @return OK after a requested stop, FAILURE otherwise
     * @throws StartupException if a lane must not run with others that started at the same time
     */
    public ExitCode awaitEnd() throws InterruptedException {
        ended.await();
        StartupException refused = refusal;
        if (refused != null) {
            throw refused;
        }
        return stopping && !failed() ? ExitCode.OK : ExitCode.FAILURE;
    }

    /** Stops all lanes in parallel, gracefully, within the configured time. Safe to call twice. */
    @Override
    public void close() {
        stop(false);
    }

    /**
     * Like {@link #close}, but leaves the group, which frees its partitions at once: for scaling in, not for a restart.
     */
    public void leave() {
        stop(true);
    }

    private void refuse(StartupException why) {
        if (!stopping && refusal == null) {
            LOG.atError().log(why.getMessage());
            refusal = why;
            ended.countDown();
        }
    }

    private synchronized void stop(boolean leaveGroup) {
        if (stopping) {
            return;
        }
        stopping = true;
        stopLanes(config.stopTimeout(), leaveGroup);
        server.close();
        gcMetrics.close();
        registry.close();
        logRate.close();
        ended.countDown();
    }

    private void stopLanes(Duration timeout, boolean leaveGroup) {
        ExecutorService stoppers = Executors.newCachedThreadPool();
        try {
            for (RunningLane lane : lanes) {
                stoppers.execute(() -> {
                    if (!lane.stop(timeout, leaveGroup)) {
                        LOG.atWarn().addKeyValue("lane", lane.name()).log("did not stop within " + timeout);
                    }
                });
            }
        } finally {
            stoppers.shutdown();
        }
        try {
            if (!stoppers.awaitTermination(timeout.toMillis() + 500, TimeUnit.MILLISECONDS)) {
                LOG.atWarn().log("gave up waiting for lanes to stop");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
