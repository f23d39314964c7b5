package io.clinicalstreams.demo.bench;

import io.clinicalstreams.demo.DemoCluster;
import io.clinicalstreams.loadgen.measure.CpuTimes;
import io.clinicalstreams.pipeline.runtime.FailWithCoordinates;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/**
 * One run of one topology over the whole input, under its own application id. It measures the time from the first poll
 * with records, before processing, until the offset after the last record is committed.
 */
final class Run {

    private static final Duration STUCK = Duration.ofSeconds(60);
    private static final Duration CLOSE = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 1_000;
    private static final long COMMIT_LOOK_MILLIS = 2;

    private final DemoCluster cluster;
    private final BenchAdmin admin;
    private final Lane lane;
    private final Topic input;
    private final Map<String, String> laneSettings;
    private final long records;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * @param catalogue this run's own copy
     * @param records number of input records
     */
    Run(DemoCluster cluster, BenchAdmin admin, Catalogue catalogue, String lane, long records) {
        this.cluster = cluster;
        this.admin = admin;
        this.lane = catalogue.lane(lane);
        this.input = catalogue.topic(TopicNames.RESOURCE_RECEIVED);
        this.laneSettings = this.lane.settings().plain();
        this.records = records;
    }

    RunTiming measure(Contender contender, Function<StreamsConfig, KafkaStreams> build) throws InterruptedException {
        admin.startAtZero(lane.applicationId(), lane.sources());
        InputProgress progress = new InputProgress(records);
        StreamsConfig config = new StreamsConfig(settings(progress));
        KafkaStreams streams = build.apply(config);
        streams.setUncaughtExceptionHandler(thrown -> {
            failure.compareAndSet(null, thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        try {
            streams.start();
            awaitInput(contender, progress);
            awaitCommit(contender);
            CpuTimes end = CpuTimes.ofThisProcess();
            CpuTimes start = progress.first();
            if (start == null) {
                throw new CommandException(ExitCode.FAILURE, contender.title() + ": received no records");
            }
            int threads = config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG);
            return new RunTiming(contender, threads, records, end.secondsSince(start), end.cpuSecondsSince(start));
        } finally {
            streams.close(CloseOptions.timeout(CLOSE)
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        }
    }

    /** The lane's settings and the service's handlers; only the progress interceptor is not in production. */
    private Map<String, Object> settings(InputProgress progress) {
        Map<String, Object> settings = cluster.client(laneSettings);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, lane.applicationId());
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG,
                cluster.folder().resolve("state-" + lane.applicationId()).toString());
        String handler = FailWithCoordinates.class.getName();
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        settings.put(StreamsConfig.mainConsumerPrefix("interceptor.classes"), InputProgressInterceptor.class.getName());
        settings.put(StreamsConfig.mainConsumerPrefix(InputProgressInterceptor.PROGRESS), progress);
        return settings;
    }

    private void awaitInput(Contender contender, InputProgress progress) throws InterruptedException {
        long before = 0;
        long moved = System.nanoTime();
        while (!progress.awaitAll(LOOK_MILLIS)) {
            if (progress.taken() > before) {
                before = progress.taken();
                moved = System.nanoTime();
            }
            failWhenStuck(contender, moved);
        }
    }

    /** Polls often only after all records were read: polling costs CPU time too. */
    private void awaitCommit(Contender contender) throws InterruptedException {
        long since = System.nanoTime();
        while (admin.committed(lane.applicationId(), input) < records) {
            failWhenStuck(contender, since);
            TimeUnit.MILLISECONDS.sleep(COMMIT_LOOK_MILLIS);
        }
    }

    private void failWhenStuck(Contender contender, long since) {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    contender.title() + " failed: " + rootOf(thrown).getClass().getName());
        }
        if (System.nanoTime() - since > STUCK.toNanos()) {
            throw new CommandException(
                    ExitCode.FAILURE, contender.title() + " made no progress for " + STUCK.toSeconds() + " s");
        }
    }

    /** Its message may quote a record, so only its class is shown. */
    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
