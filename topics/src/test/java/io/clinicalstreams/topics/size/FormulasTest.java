package io.clinicalstreams.topics.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clinicalstreams.topics.size.CompactedLog.Cleaning;
import io.clinicalstreams.topics.size.Inputs.DesignLoad;
import io.clinicalstreams.topics.size.SourceDocuments.Milestone;
import io.clinicalstreams.topics.size.SourceDocuments.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each formula, with numbers that can be checked by mental arithmetic. */
class FormulasTest {

    @Test
    void makeTheLoadLargerByGrowthAndHeadroom() {
        DesignLoad load = new DesignLoad(7000, 1.5, 0.3);

        assertThat(load.perSecond()).isCloseTo(15_000, within(1e-6));
        assertThat(load.figure().formula()).isEqualTo("rate x growth / (1 - headroom) = 7,000 x 1.50 / (1 - 0.300)");
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 100, 100, 1, 10",
        "1000, 100, 50, 1, 20",
        "1000, 50, 100, 1, 20",
        "1001, 100, 100, 1, 11",
        "0, 100, 100, 3, 3",
        "200, 100, 100, 3, 3"
    })
    void needPartitionsForTheSlowerOfProducerAndConsumer(
            double target, double producer, double consumer, int atLeast, int partitions) {
        assertThat(new PartitionCount(target, 1000, rate(producer), rate(consumer), atLeast, 0).count())
                .isEqualTo(partitions);
    }

    @Test
    void doNotRoundUpFloatingPointErrors() {
        double justAThousand = new DesignLoad(700, 1, 0.3).perSecond();

        assertThat(new PartitionCount(justAThousand, 1000, rate(100), rate(100), 1, 0).count())
                .isEqualTo(10);
        assertThat(lane(justAThousand, 100, 1, 10, 0, 0).count()).isEqualTo(10);
    }

    /**
     * 1000 records/s of 1000 bytes are 1 MB/s, as are 100 of 10,000 bytes; for records of 10 bytes the measured maximum
     * is 1000.
     */
    @ParameterizedTest
    @CsvSource({"1000, 1000", "10000, 100", "10, 1000", "1001, 999.000999"})
    void neitherCountMoreRecordsNorMoreBytesThanWereMeasured(double recordBytes, double perSecond) {
        assertThat(rate(1000).perSecond(recordBytes)).isCloseTo(perSecond, within(1e-6));
    }

    @Test
    void boundPartitionsByBytesIfRecordsAreLargerThanMeasured() {
        PartitionCount large = new PartitionCount(1000, 4000, rate(100), rate(40), 3, 0);

        assertThat(large.count()).isEqualTo(100);
        assertThat(large.formula())
                .isEqualTo("max(T/P, T/C) = max(1,000/25, 1,000/10) = max(40, 100), at least 3 (brokers);"
                        + " P = 100 records/s x 1,000 / 4,000 bytes; C = 40 records/s x 1,000 / 4,000 bytes");
    }

    @Test
    void boundThreadsByBytesIfRecordsAreLargerThanMeasured() {
        LaneInstances large = new LaneInstances("any", 100, 4000, rate(100), 2, 32, 0, 0);

        assertThat(large.threadsNeeded()).isEqualTo(4);
        assertThat(large.figure().formula()).endsWith("; one thread = 100 records/s x 1,000 / 4,000 bytes");
    }

    @ParameterizedTest
    @CsvSource({"Infinity,Infinity", "NaN,NaN", "1e15,'1,000,000,000,000,000'"})
    void refuseImpossiblyLargeResults(double value, String shown) {
        assertThatThrownBy(() -> Numbers.up("brokers", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("brokers: needs " + shown + ", more than the supported 10,000,000; check the inputs");
    }

    @Test
    void sayThemselvesWithTheirNumbers() {
        assertThat(new PartitionCount(1000, 1000, rate(100), rate(40), 3, 0).formula())
                .isEqualTo("max(T/P, T/C) = max(1,000/100, 1,000/40) = max(10, 25), at least 3 (brokers)");
    }

    @Test
    void needAsManyPartitionsAsTheTopicsThatALaneMerges() {
        PartitionCount merged = new PartitionCount(1000, 1000, rate(100), rate(40), 3, 30);

        assertThat(merged.count()).isEqualTo(30);
        assertThat(merged.formula()).endsWith(", at least 30 (the topics that a lane merges)");
    }

    @ParameterizedTest
    @CsvSource({"100, 100, 1, 1, 1", "101, 100, 1, 2, 2", "900, 100, 4, 9, 3", "1, 100, 4, 1, 1"})
    void fillInstancesThreadByThread(double target, double perThread, int each, int threads, int instances) {
        LaneInstances lane = lane(target, perThread, each, 32, 0, 0);

        assertThat(lane.threadsNeeded()).isEqualTo(threads);
        assertThat(lane.count()).isEqualTo(instances);
    }

    @ParameterizedTest(name = "{0} records/s, {1} standbys, {2} spare: {3} instances")
    @CsvSource({
        "100, 0, 0, 1",
        "100, 1, 0, 2",
        "100, 1, 1, 2",
        "100, 2, 1, 3",
        "100, 0, 1, 2",
        "900, 1, 0, 9",
        "900, 1, 1, 10"
    })
    void haveInstancesForEveryStandbyAndForOneThatFails(double target, int standbys, int spare, int instances) {
        LaneInstances lane = lane(target, 100, 1, 32, standbys, spare);

        assertThat(lane.count()).isEqualTo(instances);
        assertThat(lane.left()).isGreaterThanOrEqualTo(lane.threadsNeeded());
    }

    @Test
    void sayWhenALanesThreadsWouldIdle() {
        LaneInstances enough = lane(600, 100, 2, 6, 1, 1);
        LaneInstances tooMany = lane(601, 100, 2, 6, 1, 1);

        assertThat(enough.isEnough()).isTrue();
        assertThat(enough.figure().formula())
                .isEqualTo("max(1 + standbys, load + spare) = max(1 + 1, 3 + 1);"
                        + " load: T / one thread = 600 / 100 = 6 threads, 2 in an instance");
        assertThat(tooMany.isEnough()).isFalse();
        assertThat(tooMany.figure().formula()).endsWith("; MORE than the catalogue's 6 partitions can feed");
    }

    /** 600 MB on three instances, one of them spare, with one standby: the remaining two have both copies. */
    @Test
    void makeRoomForTheStateOfAnInstanceThatFailed() {
        LaneState state = new LaneState(600e6, 1, lane(200, 100, 1, 32, 1, 1), log(600e6, 6e6, 32), 3, 20e6);

        assertThat(state.bytesPerInstance()).isEqualTo(600e6);
        assertThat(state.perInstance().formula())
                .isEqualTo("state x (active + standbys) / instances, with the spare ones down = 600 x 2 / 2");
    }

    /**
     * 32 partitions on 3 instances are 11 on one of them. Each has 18.75 MB of state, twice that before it is cleaned, and
     * an open segment of 50 MB: 11 x 87.5 MB at 20 MB/s.
     */
    @Test
    void restoreTheWholeLogAndNotOnlyTheState() {
        LaneState state = new LaneState(600e6, 1, lane(200, 100, 1, 32, 1, 1), log(600e6, 64e6, 32), 3, 20e6);

        assertThat(state.partitionsPerInstance()).isEqualTo(11);
        assertThat(state.restoreSeconds()).isCloseTo(11 * 87.5 / 20, within(1e-9));
        assertThat(state.restore().formula())
                .endsWith("= 11 x 87.50 MB / 20 MB/s, at most; less where a standby takes over");
    }

    @Test
    void haveNoStandbyWithOneInstance() {
        LaneState state = new LaneState(1000, 1, lane(1, 100, 1, 32, 0, 0), log(1000, 0, 1), 3, 100);

        assertThat(state.bytesPerInstance()).isEqualTo(1000);
        assertThat(state.standbyReplicas()).isZero();
        assertThat(state.restore().formula()).doesNotContain("standby");
    }

    private static WorkRate rate(double records) {
        return new WorkRate(records, 1000);
    }

    private static LaneInstances lane(
            double target, double perThread, int threads, int partitions, int standbys, int spare) {
        return new LaneInstances("any", target, 1000, rate(perThread), threads, partitions, standbys, spare);
    }

    /** Half dirty at most, segments of 50 MB or an hour, no other bound. */
    private static CompactedLog log(double live, double written, int partitions) {
        return new CompactedLog(live, written, partitions, new Cleaning(0.5, 50e6, 3600, 1e10));
    }

    @ParameterizedTest(name = "{0} MB/s written, {1} MB/s read, {2} GB, {3} replicas: {4} brokers")
    @CsvSource({
        "10, 10, 10, 10, 3",
        "1250, 0, 10, 10, 4",
        "1250, 1300, 10, 10, 5",
        "1251, 0, 10, 10, 5",
        "10, 10, 9000, 10, 10",
        "10, 10, 10, 16001, 6"
    })
    void needBrokersForWhateverIsScarcest(double written, double read, double stored, double replicas, int count) {
        Brokers brokers = new Brokers(
                written * 1e6,
                read * 1e6,
                stored * 1e9,
                replicas,
                3,
                3,
                new Brokers.Limits(1250e6, 1250e6, 1000e9, 4000, 1));

        assertThat(brokers.in()).isEqualTo(written * 3e6);
        assertThat(brokers.out()).isEqualTo((2 * written + read) * 1e6);
        assertThat(brokers.count()).isEqualTo(count);
    }

    @Test
    void haveAtLeastABrokerForEachCopy() {
        Brokers small = new Brokers(1, 1, 1, 1, 3, 3, new Brokers.Limits(100, 100, 100, 100, 0));

        assertThat(small.count()).isEqualTo(3);
        assertThat(small.figure().formula()).isEqualTo("max(replication, most of these + spare) = max(3, 1 + 0)");
    }

    @Test
    void sayWhenTheEnvironmentHasTooFewBrokers() {
        Brokers large = new Brokers(400, 1, 1, 1, 3, 3, new Brokers.Limits(100, 100, 100, 100, 1));

        assertThat(large.count()).isEqualTo(13);
        assertThat(large.isEnough()).isFalse();
        assertThat(large.figure().formula()).endsWith("= max(3, 12 + 1); TOO FEW in the environment, 3");
    }

    @ParameterizedTest
    @CsvSource({
        "0, SMALL",
        "9.99, SMALL",
        "10, MEDIUM",
        "99.9, MEDIUM",
        "100, LARGE",
        "999, LARGE",
        "1000, ENTERPRISE",
        "1e9, ENTERPRISE"
    })
    void findTheRowOfTheSourceDocumentsMilestones(double megabytes, Milestone milestone) {
        assertThat(Milestone.at(megabytes)).isEqualTo(milestone);
    }

    @ParameterizedTest
    @CsvSource({
        "ingress, 24-48 high-volume clinical",
        "throughput, 24-48 high-volume clinical",
        "administrative, 12-24 administrative",
        "reference, 6-12 reference"
    })
    void findTheRowOfTheSourceDocumentsWorkloads(String profile, String row) {
        assertThat(Workload.of(profile)).get().hasToString(row);
        assertThat(Workload.of("latency")).isEmpty();
    }
}
