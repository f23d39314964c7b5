package io.clinicalstreams.pipeline.ledger;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The time from when the brokers logged an input until its alert is committed, as a histogram. The objective is one of
 * its buckets, so the share of late alerts is exact. Alerts that time or a changed rule caused have no input and are left
 * out. It compares the brokers' clock with this host's.
 *
 * @param topic full name of the topic of alerts
 */
public record AlertLatency(String topic, Timer timer, InstantSource clock) {

    private static final List<Duration> BUCKETS = Stream.of(
                    10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toList();

    public static AlertLatency of(Catalogue catalogue, MeterRegistry registry, InstantSource clock) {
        Duration[] buckets = Stream.concat(BUCKETS.stream(), catalogue.alertObjective().stream())
                .toArray(Duration[]::new);
        Timer timer = Timer.builder("clinical.alert.latency")
                .description("From the brokers' time of an input to the commit of its alert")
                .serviceLevelObjectives(buckets)
                .register(registry);
        return new AlertLatency(catalogue.topic(TopicNames.ALERT_GENERATED).fullName(), timer, clock);
    }

    /** Whether the record is an alert that an input caused. */
    boolean measures(ProducerRecord<byte[], byte[]> record) {
        return record.topic().equals(topic)
                && record.timestamp() != null
                && record.headers().lastHeader(HeaderNames.ORIGIN) != null;
    }

    /** @param logged time of the input, milliseconds since the epoch; in this host's future if the clocks differ */
    void committed(long logged) {
        timer.record(Duration.ofMillis(Math.max(0, clock.millis() - logged)));
    }
}
