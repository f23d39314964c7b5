package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.pipeline.fhir.ResourceReader;
import io.clinicalstreams.pipeline.fhir.resource.Depth;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.wire.Tick;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ticks carry the log's time on, on the partitions that an instance owns, while a rule of kind silence is in force. */
class InputTickerTest {

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(Cluster.empty(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private InputTicker ticker(@Nullable Duration silence, Integer... partitions) {
        return new InputTicker("input", () -> Set.of(partitions), () -> silence, () -> producer, registry);
    }

    @Test
    void ticksEachPartitionThatItOwns() {
        ticker(Duration.ofMinutes(1), 0, 3).tick(producer, new AtomicReference<>());

        assertThat(producer.history()).extracting(ProducerRecord::partition).containsExactlyInAnyOrder(0, 3);
        assertThat(producer.history()).extracting(ProducerRecord::topic).containsOnly("input");
        assertThat(producer.history()).allSatisfy(tick -> assertThat(Tick.is(tick.key(), tick.value()))
                .isTrue());
        assertThat(registry.counter("clinical.ticks", "outcome", "sent").count())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"PT10S, PT1S", "PT30S, PT3S", "PT1M, PT6S", "PT4H, PT10S"})
    void ticksATenthOfTheShortestIntervalBetweenOneAndTenSeconds(Duration silence, Duration every) {
        assertThat(ticker(silence).every()).isEqualTo(every);
    }

    @Test
    void ticksOnlyWhenThatTimeHasPassedAndNeverWithoutARule() {
        AtomicLong clock = new AtomicLong();
        AtomicInteger looks = new AtomicInteger(25);
        ticker(Duration.ofSeconds(10), 0)
                .run(
                        () -> looks.getAndDecrement() > 0,
                        clock::get,
                        () -> clock.addAndGet(Duration.ofMillis(100).toNanos()));
        assertThat(producer.history()).hasSize(2);

        producer.clear();
        looks.set(3);
        ticker(null, 0)
                .run(
                        () -> looks.getAndDecrement() > 0,
                        clock::get,
                        () -> clock.addAndGet(Duration.ofDays(1).toNanos()));
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aTickThatCannotBeSentIsCountedAndStopsNothing() {
        producer.sendException = new TopicAuthorizationException("input");

        ticker(Duration.ofMinutes(1), 0, 1).tick(producer, new AtomicReference<>());

        assertThat(registry.counter("clinical.ticks", "outcome", "failed").count())
                .isEqualTo(2);
    }

    @Test
    void aProducerThatFailsForGoodIsReplaced() {
        producer.sendException = new IllegalStateException("in an error state");
        MockProducer<byte[], byte[]> another =
                new MockProducer<>(Cluster.empty(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
        Iterator<Producer<byte[], byte[]>> producers =
                List.<Producer<byte[], byte[]>>of(producer, another).iterator();
        AtomicLong clock = new AtomicLong();
        AtomicInteger looks = new AtomicInteger(4);

        new InputTicker("input", () -> Set.of(0), () -> Duration.ofSeconds(10), producers::next, registry)
                .run(
                        () -> looks.getAndDecrement() > 0,
                        clock::get,
                        () -> clock.addAndGet(Duration.ofSeconds(1).toNanos()));

        assertThat(producer.closed()).isTrue();
        assertThat(another.history()).hasSize(2);
        assertThat(registry.counter("clinical.ticks", "outcome", "failed").count())
                .isEqualTo(1);
    }

    @Test
    void bothLanesIgnoreATick() {
        for (Depth depth : Depth.values()) {
            ResourceReader reader = new ResourceReader(
                    CatalogueLoader.load("development").where().fhir(), depth);
            assertThat(reader.read(Tick.value()))
                    .extracting(ReadResource::finding)
                    .containsExactly(Finding.Ignored.because(Tick.RESOURCE_TYPE));
        }
    }
}
