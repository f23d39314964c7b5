package io.clinicalstreams.pipeline.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** What the watch concludes from the group and from the lane's own attempts. */
class LaneWatchTest {

    private static final Lane LANE = CatalogueLoader.load("development").lane("recording");
    private static final TopicPartition FIRST = new TopicPartition("received", 0);
    private static final TopicPartition SECOND = new TopicPartition("received", 1);

    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void everyPartitionHasAReader() {
        assertThat(LaneWatch.unassigned(
                        group(member("ward-1", FIRST), member("ward-2", SECOND)), List.of(FIRST, SECOND)))
                .isEmpty();
    }

    @Test
    void aPartitionThatNoMemberReadsIsFound() {
        assertThat(LaneWatch.unassigned(group(member("ward-1", FIRST)), List.of(FIRST, SECOND)))
                .containsExactly(SECOND);
    }

    @Test
    void anEmptyGroupReadsNothing() {
        assertThat(LaneWatch.unassigned(group(), List.of(FIRST, SECOND))).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void aMemberIsAnyThreadOfThisInstanceAndNotOneWhoseIdBeginsWithItsId() {
        ConsumerGroupDescription group = group(member("ward-1-alerting-0a-2", FIRST));

        assertThat(LaneWatch.isMember(group, "ward-1-alerting-0a")).isTrue();
        assertThat(LaneWatch.isMember(group, "ward-1-alert")).isFalse();
        assertThat(LaneWatch.isMember(group(), "ward-1-alerting-0a")).isFalse();
    }

    @Test
    void countsAbortsOfTheTransactionsThatBeginAtACommittedOffset() {
        LocalLane lane = new LocalLane(
                null,
                Map::of,
                new RestoreProgress(),
                "ward-1-alerting-0a",
                (partition, committed) -> partition.equals(FIRST) && committed == 7 ? 2 : 0);

        assertThat(lane.aborted(Map.of(FIRST, 7L, SECOND, 7L))).containsExactly(Map.entry(FIRST, 2));
        assertThat(lane.aborted(Map.of(FIRST, 8L))).isEmpty();
    }

    @Test
    void theLagIsThatOfTheSlowestInputAndNotOfOldRules() {
        Map<MetricName, Metric> metrics = new HashMap<>();
        addLatency(metrics, "lane-StreamThread-1", 250.0);
        addLatency(metrics, "lane-StreamThread-2", 1_500.0);
        addLatency(metrics, "lane-StreamThread-3", Double.NaN);
        addLatency(metrics, "lane-GlobalStreamThread", 9_000_000.0);
        LocalLane lane = new LocalLane(null, () -> metrics, new RestoreProgress(), "ward-1", (partition, offset) -> 0);

        new LaneWatch(LANE, "development", lane, Duration.ofSeconds(30)).bindTo(meters);

        assertThat(meters.get("clinical.lane.lag").gauge().value()).isEqualTo(1.5);
        assertThat(meters.get("clinical.lane.stuck.after").gauge().value()).isEqualTo(30);
    }

    @Test
    void theLagIsNotANumberWhileNothingIsProcessedAndNoBrokerAnswers() {
        LocalLane lane = new LocalLane(null, Map::of, new RestoreProgress(), "ward-1", (partition, offset) -> 0);

        new LaneWatch(LANE, "development", lane, Duration.ZERO).bindTo(meters);

        assertThat(meters.get("clinical.lane.lag").gauge().value()).isNaN();
    }

    private static void addLatency(Map<MetricName, Metric> metrics, String thread, double millis) {
        MetricName name = new MetricName(
                "record-e2e-latency-max", "stream-processor-node-metrics", "", Map.of("thread-id", thread));
        metrics.put(name, new Latency(name, millis));
    }

    private record Latency(MetricName metricName, Object metricValue) implements Metric {}

    @Test
    void aRefusalIsAWarningUntilTheWatchCanLookAgain() {
        LaneWatch watch = watch();

        assertThat(watch.attempt(cluster(() -> {
                    throw new TopicAuthorizationException("canary");
                })))
                .isEmpty();

        assertThat(watch.warnings()).singleElement().satisfies(warning -> assertThat(warning)
                .startsWith("lane recording is not watched")
                .contains("TopicAuthorizationException", "topics access")
                .doesNotContain("canary", "\""));
        assertThat(watch.problems()).as("which would fail readiness").isEmpty();
        assertThat(meters.get("clinical.lane.unwatched").gauge().value()).isEqualTo(1);

        assertThat(watch.attempt(cluster(LaneWatchTest::wronglyPartitioned))).isNotEmpty();

        assertThat(watch.warnings()).isEmpty();
        assertThat(meters.get("clinical.lane.unwatched").gauge().value()).isZero();
    }

    @Test
    void aFaultOfTheWatchItselfDoesNotEndIt() {
        LaneWatch watch = watch();

        assertThat(watch.attempt(cluster(() -> {
                    throw new IllegalArgumentException("canary");
                })))
                .isEmpty();

        assertThat(watch.warnings()).singleElement().satisfies(warning -> assertThat(warning)
                .contains("IllegalArgumentException")
                .doesNotContain("canary"));
    }

    @Test
    void anOutageIsNoWarning() {
        LaneWatch watch = watch();

        assertThat(watch.attempt(cluster(() -> {
                    throw new TimeoutException("no answer");
                })))
                .isEmpty();

        assertThat(watch.warnings()).isEmpty();
    }

    private LaneWatch watch() {
        LaneWatch watch = unbound();
        watch.bindTo(meters);
        return watch;
    }

    private static LaneWatch unbound() {
        LocalLane local = new LocalLane(null, Map::of, new RestoreProgress(), "ward-1", (partition, committed) -> 0);
        return new LaneWatch(LANE, "development", local, Duration.ofSeconds(30));
    }

    /** A watch whose last question the brokers refused. */
    static LaneWatch refused() {
        LaneWatch watch = unbound();
        watch.attempt(cluster(() -> {
            throw new TopicAuthorizationException("canary");
        }));
        return watch;
    }

    static LaneOnCluster answering() {
        return cluster(LaneWatchTest::wronglyPartitioned);
    }

    private static LaneOnCluster cluster(Supplier<DescribeTopicsResult> topics) {
        Admin admin = (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> topics.get());
        return new LaneOnCluster(admin, LANE);
    }

    /** A reason to stop, for which the watch asks nothing else. */
    private static DescribeTopicsResult wronglyPartitioned() {
        String name = LANE.sources().get(0).fullName();
        TopicDescription topic = new TopicDescription(name, false, List.of());
        return new DescribeTopicsResult(null, Map.of(name, KafkaFuture.completedFuture(topic))) {};
    }

    private static ConsumerGroupDescription group(MemberDescription... members) {
        return new ConsumerGroupDescription(
                "group",
                false,
                List.of(members),
                "stream",
                GroupType.CLASSIC,
                GroupState.STABLE,
                Node.noNode(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static MemberDescription member(String id, TopicPartition reads) {
        return new MemberDescription(
                "member",
                Optional.of(id),
                Optional.empty(),
                "client",
                "/host",
                new MemberAssignment(Set.of(reads)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
