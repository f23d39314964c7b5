package io.clinicalstreams.pipeline.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** How late alerts are, as {@code /metrics} shows it. */
class AlertLatencyTest {

    private static final String ALERTS = "clinical.alert.generated";
    private static final long NOW = 1_000_000;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AlertLatency latency =
            AlertLatency.of(CatalogueLoader.load("production"), registry, () -> Instant.ofEpochMilli(NOW));

    @Test
    void theObjectiveIsABucketSoThatLateAlertsAreCountedExactly() {
        latency.committed(NOW - 99);
        latency.committed(NOW - 101);

        assertThat(registry.scrape())
                .contains(
                        "clinical_alert_latency_seconds_bucket{le=\"0.1\"} 1",
                        "clinical_alert_latency_seconds_count 2",
                        "clinical_alert_latency_seconds_sum 0.2");
    }

    @Test
    void aBrokerWhoseClockIsAheadMakesNoAlertDisappear() {
        latency.committed(NOW + 5_000);

        assertThat(registry.scrape()).contains("clinical_alert_latency_seconds_count 1");
    }

    @Test
    void onlyAlertsThatAnInputCausedAreMeasured() {
        assertThat(latency.measures(record(ALERTS, true))).isTrue();
        assertThat(latency.measures(record(ALERTS, false))).as("caused by time").isFalse();
        assertThat(latency.measures(record("clinical.alert.current", true))).isFalse();
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, boolean ofInput) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, NOW, new byte[0], new byte[0]);
        if (ofInput) {
            record.headers().add(HeaderNames.ORIGIN, new byte[0]);
        }
        return record;
    }
}
