package io.clinicalstreams.pipeline.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The producer of a stream thread: it adds the ledger's records to each transaction.
 *
 * <p>A node of the topology could not do this: a step knows neither when a transaction ends nor which offsets it commits,
 * which may be beyond the last record, after transaction markers.
 */
final class LedgerProducer extends KafkaProducer<byte[], byte[]> {

    private final InputLedger ledger;
    private final AlertLatency latency;

    /** Times of the inputs of the open transaction's alerts. */
    private final List<Long> alerted = new ArrayList<>();

    LedgerProducer(Map<String, Object> settings, InputLedger ledger, AlertLatency latency) {
        super(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.ledger = ledger;
        this.latency = latency;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
        if (latency.measures(record)) {
            alerted.add(record.timestamp());
        }
        return super.send(record, callback);
    }

    @Override
    public void commitTransaction() {
        super.commitTransaction();
        alerted.forEach(latency::committed);
        alerted.clear();
    }

    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        for (ProducerRecord<byte[], byte[]> entry : ledger.close(offsets)) {
            // A record that cannot be written fails the transaction at its commit.
            Future<RecordMetadata> unused = send(entry);
        }
        super.sendOffsetsToTransaction(offsets, group);
    }

    @Override
    public void abortTransaction() {
        ledger.rollBack();
        alerted.clear();
        super.abortTransaction();
    }

    /** Kafka Streams closes a fenced producer without aborting, and creates another. */
    @Override
    public void close() {
        ledger.rollBack();
        super.close();
    }

    @Override
    public void close(Duration timeout) {
        ledger.rollBack();
        super.close(timeout);
    }
}
