package io.clinicalstreams.peer;

import io.clinicalstreams.pipeline.ledger.AlertLatency;
import io.clinicalstreams.pipeline.ledger.InputLedger;
import io.clinicalstreams.pipeline.runtime.LaneBlueprint;
import io.clinicalstreams.pipeline.step.Outcome;
import io.clinicalstreams.pipeline.step.SplitAndValidate;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The recording lane's own step between a consumer and a producer, without Kafka Streams. For the calling thread only. */
public final class PeerStep {

    private final SplitAndValidate splitAndValidate;
    private final InputLedger ledger;
    private final AlertLatency latency;
    private final Map<String, String> names;

    private PeerStep(
            SplitAndValidate splitAndValidate, InputLedger ledger, AlertLatency latency, Map<String, String> names) {
        this.splitAndValidate = splitAndValidate;
        this.ledger = ledger;
        this.latency = latency;
        this.names = names;
    }

    /** @param catalogue the run's own copy */
    public static PeerStep of(Catalogue catalogue) {
        MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        LaneBlueprint.RecordingSteps steps = new LaneBlueprint(catalogue, registry)
                .recordingSteps(catalogue.topic(TopicNames.RESOURCE_RECEIVED).partitions());
        return new PeerStep(
                steps.splitAndValidate().get(),
                steps.ledger(),
                AlertLatency.of(catalogue, registry, InstantSource.system()),
                catalogue.topics().stream().collect(Collectors.toMap(Topic::name, Topic::fullName)));
    }

    /** A producer that writes in its transactions what became of the input, from these offsets on. */
    Producer<byte[], byte[]> producer(Map<String, Object> settings, Map<TopicPartition, OffsetAndMetadata> committed) {
        ledger.begin(committed);
        return ledger.producer(settings, latency);
    }

    /** Processes a record and hands over what is to be written. */
    public void process(ConsumerRecord<byte[], byte[]> received, Consumer<ProducerRecord<byte[], byte[]>> output) {
        splitAndValidate.process(
                new ReadAt(received.topic(), received.partition(), received.offset()),
                new Record<>(received.key(), received.value(), received.timestamp(), received.headers()),
                result -> output.accept(produced(result)));
    }

    private ProducerRecord<byte[], byte[]> produced(Record<byte[], Outcome> result) {
        Outcome outcome = result.value();
        String topic = names.get(outcome.destination().topic());
        return new ProducerRecord<>(topic, null, result.timestamp(), result.key(), outcome.value(), result.headers());
    }

    private record ReadAt(String topic, int partition, long offset) implements RecordMetadata {}
}
