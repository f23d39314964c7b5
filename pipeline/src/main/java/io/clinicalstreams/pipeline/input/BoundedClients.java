package io.clinicalstreams.pipeline.input;

import io.clinicalstreams.pipeline.ledger.AlertLatency;
import io.clinicalstreams.pipeline.ledger.InputLedger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Creates a lane's Kafka clients: a producer that writes its ledger, and a main consumer that limits what a thread holds.
 *
 * @param memory what each thread may hold
 * @param brokers to which a thread sends fetches at the same time
 * @param isPaused whether the lane buffers input without processing it
 */
public record BoundedClients(
        InputLedger ledger,
        AlertLatency latency,
        InputBuffer buffer,
        InputAttempts attempts,
        MemoryPlan memory,
        int brokers,
        BooleanSupplier isPaused)
        implements KafkaClientSupplier {

    @Override
    public Admin getAdmin(Map<String, Object> settings) {
        return Admin.create(settings);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
        return ledger.producer(settings, latency);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
        return new BoundedConsumer(
                limited(settings), new BoundedConsumer.Lane(ledger, buffer, attempts, memory.bufferBytes(), isPaused));
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(limited(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
        return getRestoreConsumer(settings);
    }

    /** A broker still returns a batch that is larger, alone. */
    private Map<String, Object> limited(Map<String, Object> settings) {
        Map<String, Object> limited = new HashMap<>(settings);
        limited.merge(
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                Math.toIntExact(memory.fetchBytes() / brokers),
                (given, most) -> Math.min(Integer.parseInt(given.toString()), (Integer) most));
        return limited;
    }
}
