package io.clinicalstreams.application;

import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A process that sends one value which is larger than the test's own heap, and compresses to some kB. */
final class InflatingGateway {

    private InflatingGateway() {}

    /** @param args bootstrap servers, topic, key, bytes of the value */
    public static void main(String[] args) throws Exception {
        byte[] value = new byte[Integer.parseInt(args[3])];
        Arrays.fill(value, (byte) ' ');
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                args[0],
                "compression.type",
                "zstd",
                "max.request.size",
                Integer.MAX_VALUE,
                "buffer.memory",
                4_000_000_000L,
                "max.block.ms",
                60_000,
                "linger.ms",
                0);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(args[1], Resources.bytes(args[2]), value))
                    .get();
        }
    }
}
