package io.clinicalstreams.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LocalClusterBuilderTest {

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrongs")
    void impossibleRequestsAreRefusedBeforeAnythingStarts(UnaryOperator<LocalClusterBuilder> wrong, String message) {
        assertThatThrownBy(() -> wrong.apply(LocalCluster.builder()).start())
                .isInstanceOf(ClusterRefused.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    static Stream<Arguments> wrongs() {
        return Stream.of(
                wrong(builder -> builder.brokers(0), "brokers: must be 1 to 9, was 0"),
                wrong(builder -> builder.brokers(3).port(65_534), "port: must be 1 to 65533"),
                wrong(builder -> builder.brokers(3).metricsPort(65_534), "metrics-port: must be 1 to 65533, or 0"),
                wrong(builder -> builder.heap(1), "heap: must be at least 128 MiB, was 1"),
                wrong(builder -> builder.setting("log.retention.hour", "1"), "Kafka has no such broker setting"),
                wrong(builder -> builder.setting("log.retention.hours", "soon"), "setting log.retention.hours"),
                wrong(builder -> builder.setting("node.id", "7"), "is set by the cluster itself"),
                wrong(
                        builder -> builder.brokers(2).proxied(List.of(new ProxiedListener(1, 2))),
                        "proxied: must be one listener for each broker, was 1"),
                wrong(builder -> builder.secured(Map.of("a\"b", "secret")), "name must match"),
                wrong(builder -> builder.secured(Map.of("alice", "")), "password must match"));
    }

    private static Arguments wrong(UnaryOperator<LocalClusterBuilder> change, String message) {
        return Arguments.of(change, message);
    }
}
