package io.clinicalstreams.pipeline.runtime.watch;

import io.clinicalstreams.pipeline.runtime.watch.TopicChanges.Found;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what Kafka Streams does not report: a lane that is RUNNING and moves nothing. Every two seconds it compares what
 * the brokers and the lane's own threads say. A stuck lane is not ready, with topic, partition and remedy in one log line
 * and in the readiness response. A change of a topic that would lose input or state stops the lane. Time without an
 * answer from the brokers does not count, because an outage mends itself.
 */
public final class LaneWatch {

    private static final Logger LOG = LoggerFactory.getLogger(LaneWatch.class);

    private static final Duration EVERY = Duration.ofSeconds(2);

    /** A broker that has just started may not know every topic yet, so a reason to stop must be seen twice. */
    private static final Duration BEFORE_STOPPING = Duration.ofMillis(500);

    /** One abort can be that of a process that was killed. */
    private static final int REPEATED = 2;

    private static final Set<StuckState> IMMEDIATE = Set.of(StuckState.TOPIC, StuckState.ABORTS);

    /** The watch would be refused again and again, unlike during an outage. */
    private static final Set<Class<? extends KafkaException>> REFUSALS =
            Set.of(AuthorizationException.class, AuthenticationException.class, UnsupportedVersionException.class);

    private final Lane lane;
    private final LocalLane local;
    private final Duration patience;
    private final TopicChanges changes;
    private final Map<StuckState, Standstill> standstills = new EnumMap<>(StuckState.class);
    private volatile Map<StuckState, String> problems = Map.of();
    private volatile String unwatched = "";
    private volatile int unread;
    private volatile int aborts;
    private volatile long lastCompared = System.nanoTime();
    private long lastLook = System.nanoTime();
    private boolean wasRunning;

    /**
     * @param environment of the catalogue
     * @param patience how long a lane may move nothing before it counts as stuck
     */
    public LaneWatch(Lane lane, String environment, LocalLane local, Duration patience) {
        this.lane = lane;
        this.local = local;
        this.patience = patience;
        this.changes = new TopicChanges(lane, environment);
        for (StuckState state : StuckState.values()) {
            standstills.put(state, new Standstill());
        }
    }

    public void bindTo(MeterRegistry registry) {
        standstills.forEach((state, standstill) -> Gauge.builder(
                        "clinical.lane.stuck",
                        standstill,
                        each -> each.longest().toMillis() / 1_000.0)
                .description("How long the lane has moved nothing although it should, by what stands still")
                .baseUnit("seconds")
                .tag("lane", lane.name())
                .tag("state", state.code())
                .register(registry));
        Gauge.builder("clinical.lane.stuck.after", this, watch -> watch.patience.toMillis() / 1_000.0)
                .description("How long a lane may move nothing before it counts as stuck")
                .baseUnit("seconds")
                .tag("lane", lane.name())
                .register(registry);
        Gauge.builder("clinical.lane.lag", this, LaneWatch::lagSeconds)
                .description("How long input waited, or still waits, to be processed; the longest of the last minute")
                .baseUnit("seconds")
                .tag("lane", lane.name())
                .register(registry);
        Gauge.builder("clinical.lane.unwatched", this, watch -> watch.unwatched.isEmpty() ? 0 : 1)
                .description("1 while the brokers refuse what is needed to tell whether the lane is stuck")
                .tag("lane", lane.name())
                .register(registry);
        Gauge.builder("clinical.lane.aborts.at.offset", this, watch -> watch.aborts)
                .description("How often the transaction that begins at a committed offset was aborted, at most")
                .tag("lane", lane.name())
                .register(registry);
        Gauge.builder("clinical.lane.unread.partitions", this, watch -> watch.unread)
                .description("Partitions of the lane's sources that no member of its group reads")
                .tag("lane", lane.name())
                .register(registry);
    }

    /**
     * What was processed shows its lag; what stands still shows how long it has. Not a number if nothing was processed
     * and it is not known whether input waits.
     */
    private double lagSeconds() {
        OptionalDouble processed = local.lagSeconds();
        if (processed.isEmpty() && !knowsWhatWaits()) {
            return Double.NaN;
        }
        return Math.max(
                processed.orElse(0), standstill(StuckState.INPUT).longest().toMillis() / 1_000.0);
    }

    private boolean knowsWhatWaits() {
        return System.nanoTime() - lastCompared < patience.toNanos() && local.isProcessing();
    }

    /** Why the lane is stuck, one sentence each; empty if it is not. */
    public List<String> problems() {
        return List.copyOf(problems.values());
    }

    /** Why it is not known whether the lane is stuck, one sentence; empty if it is known, or during an outage. */
    public List<String> warnings() {
        String now = unwatched;
        return now.isEmpty() ? List.of() : List.of(now);
    }

    /**
     * Watches until the lane ends or must stop.
     *
     * @param runs false once the lane has ended or is about to
     * @param onStop receives why it must stop
     */
    public void watch(Admin admin, BooleanSupplier runs, Consumer<String> onStop) throws InterruptedException {
        LaneOnCluster cluster = new LaneOnCluster(admin, lane);
        Optional<String> before = Optional.empty();
        while (runs.getAsBoolean()) {
            Optional<String> stop = attempt(cluster);
            if (stop.isPresent() && stop.equals(before)) {
                onStop.accept(stop.get());
                return;
            }
            before = stop;
            Thread.sleep((stop.isPresent() ? BEFORE_STOPPING : EVERY).toMillis());
        }
    }

    /** Looks once. Whatever fails, the next attempt may succeed, so it never throws. */
    Optional<String> attempt(LaneOnCluster cluster) {
        try {
            Optional<String> stop = look(cluster);
            watched();
            return stop;
        } catch (RuntimeException failure) {
            lastLook = System.nanoTime();
            if (REFUSALS.stream().anyMatch(refusal -> refusal.isInstance(failure))) {
                unwatched(failure, "the brokers refuse what the watch asks; 'topics access' lists the lane's rights");
            } else if (!(failure instanceof KafkaException || isBetweenStates(failure))) {
                unwatched(failure, "the watch failed; report this with the log line");
            }
            // Otherwise the brokers did not answer, or the lane's state changed meanwhile.
            return Optional.empty();
        }
    }

    /** Kafka Streams refuses some questions while it starts, rebalances or ends. */
    private boolean isBetweenStates(RuntimeException failure) {
        return failure instanceof IllegalStateException && !local.isRunning();
    }

    /** Exception texts stay out of it, because they may contain anything. */
    private void unwatched(RuntimeException failure, String why) {
        String sentence = "lane %s is not watched, so it is not known whether it is stuck: %s (%s)"
                .formatted(lane.name(), why, failure.getClass().getSimpleName());
        if (!sentence.equals(unwatched)) {
            LOG.atWarn()
                    .addKeyValue("lane", lane.name())
                    .addKeyValue("reason", failure.getClass().getName())
                    .addKeyValue("at", failure.getStackTrace().length == 0 ? "?" : failure.getStackTrace()[0])
                    .log(sentence);
        }
        unwatched = sentence;
    }

    private void watched() {
        if (!unwatched.isEmpty()) {
            LOG.atInfo().addKeyValue("lane", lane.name()).log("lane " + lane.name() + " is watched again");
        }
        unwatched = "";
    }

    private Optional<String> look(LaneOnCluster cluster) {
        Map<String, Found> topics = cluster.topics(changes.names());
        Optional<String> stop = changes.reasonToStop(topics, wasRunning);
        if (stop.isEmpty()) {
            wasRunning = local.isRunning();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - lastLook);
            compare(cluster, topics, elapsed);
            lastLook = System.nanoTime();
            lastCompared = lastLook;
            publish(cluster);
        }
        return stop;
    }

    private void compare(LaneOnCluster cluster, Map<String, Found> topics, Duration elapsed) {
        List<TopicPartition> input = new ArrayList<>();
        for (Topic source : lane.sources()) {
            Found found = topics.get(source.fullName());
            int partitions = found == null ? 0 : found.partitions();
            IntStream.range(0, partitions).forEach(each -> input.add(new TopicPartition(source.fullName(), each)));
        }
        Map<TopicPartition, Long> committed = cluster.committed();
        if (local.isProcessing()) {
            standstill(StuckState.INPUT).look(local.waiting(committed), elapsed);
        }
        Map<TopicPartition, Integer> aborted = local.aborted(committed);
        aborts = aborted.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        aborted.values().removeIf(count -> count < REPEATED);
        standstill(StuckState.ABORTS)
                .look(aborted.keySet().stream().collect(Collectors.toMap(each -> each, committed::get)), elapsed);
        standstill(StuckState.REBALANCE)
                .look(local.isRebalancing() ? Map.of(lane.applicationId(), "REBALANCING") : Map.of(), elapsed);
        standstill(StuckState.RESTORE).look(local.restore().restored(), elapsed);
        standstill(StuckState.TRANSACTION).look(cluster.openTransactions(input), elapsed);
        standstill(StuckState.TOPIC).look(changes.missing(topics), elapsed);
        compare(cluster.group(), input, elapsed);
    }

    /** While the group rebalances, it is not known who reads what. */
    private void compare(ConsumerGroupDescription group, List<TopicPartition> input, Duration elapsed) {
        if (local.isRunning()) {
            standstill(StuckState.MEMBER)
                    .look(
                            isMember(group, local.memberId())
                                    ? Map.of()
                                    : Map.of(lane.applicationId(), local.memberId()),
                            elapsed);
        }
        if (group.groupState() == GroupState.STABLE || group.groupState() == GroupState.EMPTY) {
            Set<TopicPartition> unassigned = unassigned(group, input);
            unread = unassigned.size();
            standstill(StuckState.UNREAD)
                    .look(unassigned.stream().collect(Collectors.toMap(each -> each, each -> "unread")), elapsed);
        }
    }

    /** @param memberId without the thread's number */
    static boolean isMember(ConsumerGroupDescription group, String memberId) {
        return group.members().stream()
                .anyMatch(member -> member.groupInstanceId().orElse("").startsWith(memberId + '-'));
    }

    /** The partitions that no member reads. */
    static Set<TopicPartition> unassigned(ConsumerGroupDescription group, List<TopicPartition> input) {
        Set<TopicPartition> unassigned = new HashSet<>(input);
        group.members()
                .forEach(member -> unassigned.removeAll(member.assignment().topicPartitions()));
        return unassigned;
    }

    private void publish(LaneOnCluster cluster) {
        StuckMessage message = new StuckMessage(lane, patience, cluster);
        Map<StuckState, String> now = new EnumMap<>(StuckState.class);
        standstills.forEach((state, standstill) -> standstill
                .oldest(IMMEDIATE.contains(state) ? Duration.ZERO : patience)
                .ifPresent(oldest -> now.put(state, message.of(state, oldest))));
        now.forEach((state, problem) -> {
            if (!problems.containsKey(state)) {
                LOG.atError()
                        .addKeyValue("lane", lane.name())
                        .addKeyValue("state", state.code())
                        .log(problem);
            }
        });
        problems.keySet().stream().filter(state -> !now.containsKey(state)).forEach(state -> LOG.atInfo()
                .addKeyValue("lane", lane.name())
                .addKeyValue("state", state.code())
                .log("lane " + lane.name() + " is no longer stuck: " + state.code()));
        problems = now;
    }

    private Standstill standstill(StuckState state) {
        return standstills.getOrDefault(state, new Standstill());
    }
}
