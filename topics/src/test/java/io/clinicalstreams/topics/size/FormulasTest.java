package io.clinicalstreams.topics.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each formula, on numbers that can be checked in the head. */
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
        assertThat(new Partitions(target, producer, consumer, atLeast).count()).isEqualTo(partitions);
    }

    @Test
    void doNotRoundUpWhatOnlyAComputerTakesForMore() {
        double justAThousand = new DesignLoad(700, 1, 0.3).perSecond();

        assertThat(new Partitions(justAThousand, 100, 100, 1).count()).isEqualTo(10);
        assertThat(new LaneInstances("any", justAThousand, 100, 1, 10).count()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN})
    void doNotTakeWhatIsNoNumberForOne(double value) {
        assertThatThrownBy(() -> Numbers.up(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no whole number above " + value);
    }

    @Test
    void sayThemselvesWithTheirNumbers() {
        assertThat(new Partitions(1000, 100, 40, 3).formula())
                .isEqualTo("max(T/P, T/C) = max(1,000/100, 1,000/40) = max(10, 25), at least 3");
    }

    @Test
    void keepEveryCopyForItsWholeTime() {
        assertThat(new StoredTopic(10, Duration.ofSeconds(100), 3).bytes()).isEqualTo(3000);
    }

    @Test
    void keepOldValuesUntilACompactedTopicIsCleaned() {
        assertThat(new CompactedTopic(1000, 10, 0.5, 3).bytes()).isEqualTo(60_000);
        assertThat(new CompactedTopic(1000, 10, 0, 1).bytes()).isEqualTo(10_000);
        assertThat(new CompactedTopic(1000, 10, 1, 1).bytes()).isFinite();
    }

    @ParameterizedTest
    @CsvSource({"100, 100, 1, 1, 1", "101, 100, 1, 2, 2", "900, 100, 4, 9, 3", "1, 100, 4, 1, 1"})
    void fillInstancesThreadByThread(double target, double perThread, int each, int threads, int instances) {
        LaneInstances lane = new LaneInstances("any", target, perThread, each, 32);

        assertThat(lane.threadsNeeded()).isEqualTo(threads);
        assertThat(lane.count()).isEqualTo(instances);
    }

    @Test
    void sayWhenALanesThreadsWouldIdle() {
        LaneInstances enough = new LaneInstances("any", 600, 100, 2, 6);
        LaneInstances tooMany = new LaneInstances("any", 601, 100, 2, 6);

        assertThat(enough.isEnough()).isTrue();
        assertThat(enough.figure().formula()).isEqualTo("T / one thread = 600 / 100 = 6 threads, 2 in an instance");
        assertThat(tooMany.isEnough()).isFalse();
        assertThat(tooMany.figure().formula()).endsWith("; MORE than the catalogue's 6 partitions can feed");
    }

    @Test
    void spreadStateAndItsStandbysOverInstances() {
        LaneState state = new LaneState(1_000_000, 600, 1, 3, 20e6);

        assertThat(state.bytes()).isEqualTo(600e6);
        assertThat(state.bytesPerInstance()).isEqualTo(400e6);
        assertThat(state.restoreSeconds()).isEqualTo(10);
    }

    @Test
    void haveNoStandbyWhereThereIsOneInstance() {
        LaneState state = new LaneState(100, 10, 1, 1, 100);

        assertThat(state.bytesPerInstance()).isEqualTo(1000);
        assertThat(state.warmCopies()).isZero();
        assertThat(state.restore().formula()).doesNotContain("standby");
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
                new Brokers.Limits(1250e6, 1250e6, 1000e9, 4000, 1));

        assertThat(brokers.in()).isEqualTo(written * 3e6);
        assertThat(brokers.out()).isEqualTo((2 * written + read) * 1e6);
        assertThat(brokers.count()).isEqualTo(count);
    }

    @Test
    void haveAtLeastABrokerForEachCopy() {
        Brokers small = new Brokers(1, 1, 1, 1, 3, new Brokers.Limits(100, 100, 100, 100, 0));

        assertThat(small.count()).isEqualTo(3);
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
    void findTheRowOfTheSourceDocumentsMilestones(double megabytes, SourceMilestone milestone) {
        assertThat(SourceMilestone.at(megabytes)).isEqualTo(milestone);
    }

    @ParameterizedTest
    @CsvSource({
        "ingress, 24-48 high-volume clinical",
        "throughput, 24-48 high-volume clinical",
        "administrative, 12-24 administrative",
        "reference, 6-12 reference"
    })
    void findTheRowOfTheSourceDocumentsWorkloads(String profile, String row) {
        assertThat(SourceWorkload.ofProfile(profile)).get().hasToString(row);
        assertThat(SourceWorkload.ofProfile("latency")).isEmpty();
    }
}
