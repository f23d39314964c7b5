package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.pipeline.runtime.watch.LaneWatch;
import io.clinicalstreams.pipeline.runtime.watch.LocalLane;
import io.clinicalstreams.pipeline.step.RuleTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;

/** A running lane: a {@code KafkaStreams} instance and its health. */
public final class RunningLane {

    private static final Set<State> ACTIVE = Set.of(State.REBALANCING, State.RUNNING);

    private final String name;
    private final KafkaStreams streams;
    private final ClientSettings clients;
    private final LocalLane local;
    private final LaneWatch watch;
    private final @Nullable RuleTable rules;
    private final Runnable onStopped;
    private final double mostSecondsBetweenPolls;
    private volatile boolean hasRun;
    private volatile boolean isStopping;

    RunningLane(
            String name,
            KafkaStreams streams,
            ClientSettings clients,
            LocalLane local,
            LaneWatch watch,
            @Nullable RuleTable rules,
            Runnable onStopped) {
        this.name = name;
        this.streams = streams;
        this.clients = clients;
        this.local = local;
        this.watch = watch;
        this.rules = rules;
        this.onStopped = onStopped;
        this.mostSecondsBetweenPolls =
                clients.number("main.consumer", ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG) / 1_000.0;
        streams.setGlobalStateRestoreListener(local.restore());
    }

    public String name() {
        return name;
    }

    public KafkaStreams streams() {
        return streams;
    }

    /** The effective settings of its Kafka clients. */
    ClientSettings clients() {
        return clients;
    }

    /** @param onRunning called once, when all its threads have joined the group and have nothing to restore */
    void start(Runnable onRunning, Runnable onEnd) {
        streams.setStateListener((now, before) -> {
            if (now == State.RUNNING) {
                if (!hasRun) {
                    hasRun = true;
                    onRunning.run();
                }
            } else if (now == State.ERROR || now == State.NOT_RUNNING) {
                onEnd.run();
            }
        });
        streams.start();
    }

    /**
     * If false, the process should be restarted. A broker outage, lag or restoring is not a reason, and a graceful stop
     * must not be interrupted.
     */
    boolean isAlive() {
        return isAlive(streams.state(), isStopping);
    }

    static boolean isAlive(State state, boolean isStopping) {
        return switch (state) {
            case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN -> true;
            case NOT_RUNNING -> isStopping;
            case PENDING_ERROR, ERROR -> false;
        };
    }

    boolean isReady() {
        return health().isReady();
    }

    /** Everything is asked once, so an answer does not contradict itself. */
    Health health() {
        State state = streams.state();
        return new Health(
                name,
                state,
                isAlive(state, isStopping),
                hasRun,
                local.restore().isRestoring(),
                streams.isPaused(),
                hangs(),
                watch.problems(),
                warnings(),
                rules == null || rules.isUsable());
    }

    /** Rules that cannot be read do not stop the lane: the last complete set stays in force. */
    private List<String> warnings() {
        String problem = rules == null ? null : rules.problem();
        List<String> warnings = new ArrayList<>(watch.warnings());
        if (problem != null) {
            warnings.add(problem);
        }
        return warnings;
    }

    /**
     * Whether a thread last polled for input so long ago that it has left its group: it waits forever to write to a
     * deleted topic, while Kafka Streams still reports RUNNING.
     */
    private boolean hangs() {
        return local.secondsSincePoll() > mostSecondsBetweenPolls;
    }

    /** Neither failed nor stopped. */
    boolean runs() {
        return !isStopping && isAlive();
    }

    boolean failed() {
        return streams.state() == State.ERROR;
    }

    LaneWatch watch() {
        return watch;
    }

    /** Stops within the given time; true if it did. A member that leaves its group frees its partitions at once. */
    boolean stop(Duration timeout, boolean leaveGroup) {
        isStopping = true;
        CloseOptions.GroupMembershipOperation membership = leaveGroup
                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP;
        try {
            return streams.close(CloseOptions.timeout(timeout).withGroupMembershipOperation(membership));
        } finally {
            onStopped.run();
        }
    }

    /**
     * A lane's health at one time.
     *
     * @param isAlive if false, the process should be restarted
     * @param problems why the lane is stuck, one sentence each, with names and numbers only
     * @param warnings why it is not known whether it is, and what is wrong with the alert rules
     * @param hasReferenceData whether it has what it needs to evaluate input
     */
    record Health(
            String lane,
            State state,
            boolean isAlive,
            boolean hasRun,
            boolean isRestoring,
            boolean isPaused,
            boolean hangs,
            List<String> problems,
            List<String> warnings,
            boolean hasReferenceData) {

        /**
         * It has been running, is running or rebalancing with nothing to restore, is not stuck, and has rules to
         * evaluate.
         */
        boolean isReady() {
            return hasRun && ACTIVE.contains(state) && !isRestoring && !hangs && problems.isEmpty() && hasReferenceData;
        }

        String json() {
            return "{\"lane\":\"%s\",\"state\":\"%s\",\"restoring\":%b,\"paused\":%b,\"hangs\":%b,\"problems\":%s,\"warnings\":%s,\"ready\":%b}"
                    .formatted(lane, state, isRestoring, isPaused, hangs, json(problems), json(warnings), isReady());
        }

        private static String json(List<String> sentences) {
            return sentences.stream().map(each -> '"' + each + '"').collect(Collectors.joining(",", "[", "]"));
        }
    }
}
