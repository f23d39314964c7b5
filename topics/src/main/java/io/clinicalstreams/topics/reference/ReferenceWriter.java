package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan, with the manifest before or after the rules. On failure the exception says how many records were
 * confirmed.
 */
record ReferenceWriter(String topic, Producer<byte[], byte[]> producer) {

    /** @param failure the first failure; null if all were written */
    private record Sent(int written, @Nullable KafkaException failure) {}

    /** @throws KafkaException if a record was not confirmed; then a manifest after the rules is not written either */
    void carryOut(ReferencePlan plan) {
        List<ProducerRecord<byte[], byte[]>> manifest = plan.manifest() == null
                ? List.of()
                : List.of(
                        record(RuleManifest.keyOf(plan.owner()), plan.manifest().toJson()));
        List<ProducerRecord<byte[], byte[]>> rules = new ArrayList<>(plan.manifestFirst() ? manifest : List.of());
        plan.puts().forEach(rule -> rules.add(record(rule.id(), AlertRuleJson.write(rule))));
        plan.tombstones().forEach(key -> rules.add(record(key, null)));
        Sent sent = send(rules);
        if (sent.failure == null && !plan.manifestFirst()) {
            sent = new Sent(sent.written, send(manifest).failure);
        }
        if (sent.failure != null) {
            String missing = plan.manifest() == null || plan.manifestFirst()
                    ? ""
                    : ", but not the manifest that lists them as one set";
            throw new KafkaException(
                    "%d of %d records were confirmed%s; run it again".formatted(sent.written, rules.size(), missing),
                    sent.failure);
        }
    }

    private Sent send(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> answers =
                records.stream().map(producer::send).toList();
        KafkaException failure = null;
        try {
            producer.flush();
        } catch (InterruptException stopped) {
            failure = stopped;
        }
        int written = 0;
        for (Future<RecordMetadata> answer : answers) {
            KafkaException own = ClusterAnswer.refusal(answer).orElse(null);
            written += own == null ? 1 : 0;
            failure = failure == null ? own : failure;
        }
        return new Sent(written, failure);
    }

    private ProducerRecord<byte[], byte[]> record(String key, byte @Nullable [] value) {
        return new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
