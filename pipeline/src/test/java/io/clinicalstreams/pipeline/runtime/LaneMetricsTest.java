package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of the clients' metrics {@code /metrics} has. */
class LaneMetricsTest {

    private static final Map<String, String> CLIENT = Map.of("client-id", "c");
    private static final Map<String, String> TASK = Map.of("client-id", "c", "task-id", "0_0");
    private static final Map<String, String> PARTITION = Map.of("client-id", "c", "topic", "t", "partition", "0");

    private final Map<MetricName, Metric> metrics = new LinkedHashMap<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final KafkaClientMetrics binder = new KafkaClientMetrics(
            new MockConsumer<byte[], byte[]>("none") {
                @Override
                public synchronized Map<MetricName, ? extends Metric> metrics() {
                    return LaneStarter.withoutPartitions(metrics);
                }
            },
            List.of());

    @AfterEach
    void close() {
        binder.close();
    }

    @Test
    void leavesOutPartitionsAndTasksAndKeepsTheClientsOwnMetricOfTheSameName() {
        add("records-lag-max", CLIENT);
        binder.bindTo(registry);
        add("records-lag-max", PARTITION);
        add("records-lag", PARTITION);
        add("process-total", TASK);
        add("dropped-records-total", TASK);

        // As it looks for new metrics every minute.
        binder.bindTo(registry);

        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .containsExactlyInAnyOrder(
                        "kafka.consumer.fetch.manager.records.lag.max",
                        "kafka.consumer.fetch.manager.dropped.records.total");
        assertThat(registry.getMeters())
                .allSatisfy(
                        meter -> assertThat(meter.getId().getTag("partition")).isNull());
    }

    private void add(String name, Map<String, String> tags) {
        MetricName metric = new MetricName(name, "consumer-fetch-manager-metrics", "", tags);
        metrics.put(metric, new Metric() {
            @Override
            public MetricName metricName() {
                return metric;
            }

            @Override
            public Object metricValue() {
                return 1.0;
            }
        });
    }
}
