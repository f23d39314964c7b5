package io.clinicalstreams.pipeline.ledger;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients that Kafka Streams creates by default, but the producer adds the ledger's records to each transaction, and
 * the main consumer tells where a task starts: Kafka Streams asks it for the committed offsets each time.
 *
 * <p>A node of the topology could not do this: a step knows neither when a transaction ends nor which offsets it commits,
 * which may be beyond the last record, after transaction markers.
 */
record LedgerClients(InputLedger ledger) implements KafkaClientSupplier {

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public void sendOffsetsToTransaction(
                    Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
                for (ProducerRecord<byte[], byte[]> entry : ledger.close(offsets)) {
                    // A record that cannot be written fails the transaction at its commit.
                    Future<RecordMetadata> unused = send(entry);
                }
                super.sendOffsetsToTransaction(offsets, group);
            }

            @Override
            public void abortTransaction() {
                ledger.rollBack();
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
        };
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
            @Override
            public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
                Map<TopicPartition, OffsetAndMetadata> committed = super.committed(partitions);
                ledger.begin(committed);
                return committed;
            }
        };
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return plain(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return plain(config);
    }

    private static Consumer<byte[], byte[]> plain(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
