package io.clinicalstreams.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ThroughputTargetsTest {

    private static final long RECORDS = 1_000_000;
    private static final Contender OTHER_JAVA = Contender.RECORDING.on(Path.of("/jdk"), "25");

    /** Seconds and CPU seconds of two rounds; the machine was half as fast in the second. */
    private static Figures figures(Contender contender, double seconds, double cpuSeconds) {
        return Figures.of(
                contender,
                IntStream.of(1, 2)
                        .mapToObj(round -> new RunTiming(contender, 1, RECORDS, seconds * round, cpuSeconds * round))
                        .toList());
    }

    private static Map<String, BenchTarget> targets(Figures... figures) {
        return new ThroughputTargets(List.of(figures))
                .all().stream().collect(Collectors.toMap(BenchTarget::name, target -> target));
    }

    @Test
    void comparesRoundsOfTheSamePair() {
        BenchTarget ratio = targets(figures(Contender.PASS_THROUGH, 4, 4), figures(Contender.RECORDING, 5, 5))
                .get("recording lane / pass-through");

        assertThat(ratio.ratio().mean()).isEqualTo(0.8, within(1e-9));
        assertThat(ratio.ratio().low()).isEqualTo(0.8, within(1e-9));
        assertThat(ratio.isReached()).isTrue();
    }

    @Test
    void comparesFlinkWithBothLanesByCpuTime() {
        Map<String, BenchTarget> targets = targets(
                figures(Contender.RECORDING, 1, 2),
                figures(Contender.ALERTING, 1, 5),
                figures(OtherSystem.FLINK.contender(), 1, 6));

        assertThat(targets).containsOnlyKeys("Apache Flink / recording lane, CPU", "Apache Flink / alerting lane, CPU");
        assertThat(targets.get("Apache Flink / recording lane, CPU").isReached())
                .isTrue();
        assertThat(targets.get("Apache Flink / alerting lane, CPU").isReached()).isFalse();
    }

    @Test
    void anotherVersionHasNoTarget() {
        Map<String, BenchTarget> targets = targets(
                figures(Contender.RECORDING, 1, 2),
                figures(OTHER_JAVA, 2, 2),
                figures(OtherSystem.KAFKA_4_3.contender(), 1, 1));

        assertThat(targets)
                .containsOnlyKeys(
                        "recording lane, Java 25 / recording lane",
                        "recording lane, Java 25 / recording lane, CPU",
                        "recording lane, Kafka 4.3.1 / recording lane",
                        "recording lane, Kafka 4.3.1 / recording lane, CPU");
        assertThat(targets.values()).allMatch(BenchTarget::isReached);
        assertThat(targets.get("recording lane, Java 25 / recording lane").line())
                .doesNotContain("target");
    }

    @Test
    void everyOtherSystemIsCompared() {
        for (OtherSystem system : OtherSystem.values()) {
            assertThat(targets(figures(Contender.RECORDING, 1, 1), figures(system.contender(), 1, 1)))
                    .as(system.name())
                    .isNotEmpty();
        }
    }

    @Test
    void runsEverySecondRoundInTheOppositeOrder() {
        ThroughputBench.Settings settings =
                new ThroughputBench.Settings(Path.of(""), "", Contender.LANES, false, 1, 1, 1, null);

        assertThat(settings.order(2)).isEqualTo(Contender.LANES);
        assertThat(settings.order(1))
                .isNotEqualTo(Contender.LANES)
                .containsExactlyInAnyOrderElementsOf(Contender.LANES);
        assertThat(settings.order(1).get(0)).isEqualTo(Contender.LANES.get(Contender.LANES.size() - 1));
    }

    @Test
    void onlyAPeerThatEncodesMayChangeBytes() {
        TopicContent input = new TopicContent(2, 7, 9);
        TopicContent encoded = new TopicContent(2, 7, 8);

        assertThat(Stream.of(OtherSystem.values())
                        .filter(system ->
                                encoded.isCopyOf(input, system.contender().copiesRecords())))
                .containsExactly(OtherSystem.THREAD_POOL, OtherSystem.NAIVE);
        assertThat(new TopicContent(3, 7, 9).isCopyOf(input, false)).isFalse();
        assertThat(new TopicContent(2, 6, 9).isCopyOf(input, false)).isFalse();
    }
}
