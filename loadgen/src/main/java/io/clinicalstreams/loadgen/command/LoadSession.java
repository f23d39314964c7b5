package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.measure.Lag;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
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
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * What all runs of one command share.
 *
 * @param clientSettings connection and credentials
 * @param partitions of the target
 * @param threads sending threads
 * @param isMeasuring whether the outcomes are read
 * @param processes ids of the processes to sample, by name
 * @param lags of the groups to sample
 */
record LoadSession(
        Catalogue catalogue,
        Map<String, Object> clientSettings,
        Target target,
        int partitions,
        int threads,
        boolean isMeasuring,
        Admin admin,
        Map<String, Long> processes,
        List<Lag> lags,
        Stop stop) {

    /** After this long without an output, all outputs have arrived. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** After a signal: confirmations, outcomes, and the last sample of a cluster that may be dead. */
    static final Duration ENDS_WITHIN = Duration.ofSeconds(20);

    /** A signal, which ends the run that is sending, and later ones at once. */
    static final class Stop {

        private final AtomicReference<@Nullable Sender> sending = new AtomicReference<>();
        private volatile boolean stopped;

        void now() {
            stopped = true;
            Sender sender = sending.get();
            if (sender != null) {
                sender.stop();
            }
        }

        boolean isNow() {
            return stopped;
        }

        private void ends(Sender sender) {
            sending.set(sender);
            if (stopped) {
                sender.stop();
            }
        }
    }

    /**
     * Sends, and waits for the outcomes.
     *
     * @param own the command's own options, for the result
     * @param isEndless whether only a signal ends it
     * @param file where the result is kept; null for nowhere
     */
    RunResult run(
            String command,
            Source source,
            Schedule schedule,
            Map<String, Object> own,
            boolean isEndless,
            @Nullable RunFile file,
            Consumer<SendResult> progress)
            throws IOException, InterruptedException {
        RunDescription description =
                new RunDescription(command, settings(schedule, own), target.effectiveSettings(), Map.of(), schedule);
        try (Sender sender = Sender.open(target, threads);
                @Nullable LatencyProbe probe = isMeasuring ? probe() : null;
                RunRecorder recorder = RunRecorder.start(
                        description,
                        sender,
                        Stream.ofNullable(probe).toList(),
                        new SystemSampler(processes, lags, admin),
                        file)) {
            stop.ends(sender);
            SendResult sent = sender.run(source, schedule, progress);
            if (probe != null) {
                probe.awaitQuiet(QUIET, LONGEST_WAIT);
            }
            return recorder.finish(sent, whyIncomplete(sent, isEndless), null);
        }
    }

    private Map<String, Object> settings(Schedule schedule, Map<String, Object> own) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("topic", target.topic());
        settings.put("partitions", partitions);
        settings.put("threads", threads);
        settings.put("warmUpSeconds", schedule.warmUp().toMillis() / 1e3);
        settings.put("rate", schedule.load().summary());
        settings.putAll(own);
        return settings;
    }

    private @Nullable String whyIncomplete(SendResult sent, boolean isEndless) {
        if (sent.failed() > 0) {
            return sent.problems().get(0);
        }
        return stop.isNow() && !isEndless ? "a signal stopped the run" : null;
    }

    private LatencyProbe probe() {
        boolean isInput = catalogue.topics().stream()
                .anyMatch(known -> known.name().equals(TopicNames.RESOURCE_RECEIVED)
                        && known.fullName().equals(target.topic()));
        return isInput
                ? LatencyProbe.ofPipeline(catalogue, clientSettings)
                : LatencyProbe.ofTopic(catalogue, target.topic(), clientSettings);
    }
}
