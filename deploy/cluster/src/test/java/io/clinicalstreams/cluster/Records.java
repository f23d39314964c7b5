package io.clinicalstreams.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A client that writes and reads records on a cluster. */
record Records(String bootstrapServers, Map<String, String> security) {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    static Records on(LocalCluster cluster) {
        return new Records(cluster.bootstrapServers(), cluster.adminSettings());
    }

    void create(NewTopic topic) throws Exception {
        try (Admin admin = Admin.create(settings())) {
            admin.createTopics(List.of(topic)).all().get(ANSWER.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** Returns when every record is acknowledged by all replicas in sync. */
    void send(String topic, List<String> values) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings(), new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            values.forEach(value -> sent.add(producer.send(new ProducerRecord<>(topic, 0, null, value))));
            for (Future<RecordMetadata> record : sent) {
                record.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    /** The first records of the topic's first partition, as many as requested, or fewer if they do not arrive. */
    List<String> read(String topic, int count) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings(), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long deadline = System.nanoTime() + ANSWER.toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(security);
        settings.put("bootstrap.servers", bootstrapServers);
        return settings;
    }
}
