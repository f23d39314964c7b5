package io.clinicalstreams.topics.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** A partly written rule set never counts as complete, and the failure says how much was written. */
class ReferenceWriterTest {

    private static final String TOPIC = "reference.alert.rule";

    private final List<AlertRule> rules = AlertRuleYaml.load().subList(0, 3);
    private final ReferencePlan plan = ReferencePlan.between(
            RuleManifest.CURATED, rules, Map.of("curated/gone", "{}".getBytes(StandardCharsets.UTF_8)));

    @Test
    void writesTheManifestLast() {
        MockProducer<byte[], byte[]> producer = failingFrom(Integer.MAX_VALUE);

        new ReferenceWriter(TOPIC, producer).carryOut(plan);

        assertThat(producer.history()).hasSize(5);
        assertThat(new String(producer.history().get(4).key(), StandardCharsets.UTF_8))
                .isEqualTo(RuleManifest.keyOf(RuleManifest.CURATED));
    }

    @Test
    void reportsHowManyRecordsWereWrittenWithoutTheManifest() {
        MockProducer<byte[], byte[]> producer = failingFrom(2);

        assertThatThrownBy(() -> new ReferenceWriter(TOPIC, producer).carryOut(plan))
                .isInstanceOf(KafkaException.class)
                .satisfies(failure -> assertThat(ClusterAnswer.inWords(failure))
                        .isEqualTo("2 of 4 records were confirmed, but not the manifest that lists them as one set;"
                                + " run it again: no broker answered"));
        assertThat(producer.history()).as("the manifest was not tried").hasSize(4);
    }

    @Test
    void reportsThatOnlyTheManifestIsMissing() {
        assertThatThrownBy(() -> new ReferenceWriter(TOPIC, failingFrom(4)).carryOut(plan))
                .hasMessage("4 of 4 records were confirmed, but not the manifest that lists them as one set;"
                        + " run it again");
    }

    @Test
    void writesTheManifestOfANewOwnerFirstSoThatHalfASetIsNeverComplete() {
        List<AlertRule> own = AlertRuleYaml.load().subList(0, 2).stream()
                .map(rule -> AlertRuleJson.read(new String(AlertRuleJson.write(rule), StandardCharsets.UTF_8)
                        .replace("curated/", "ward-7/")
                        .getBytes(StandardCharsets.UTF_8)))
                .toList();
        MockProducer<byte[], byte[]> producer = failingFrom(Integer.MAX_VALUE);

        new ReferenceWriter(TOPIC, producer).carryOut(ReferencePlan.between("ward-7/", own, Map.of()));

        assertThat(producer.history())
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .hasSize(3)
                .first()
                .isEqualTo("ward-7/manifest");
    }

    /** @param good number of records written; later ones fail */
    private static MockProducer<byte[], byte[]> failingFrom(int good) {
        return new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
                Future<RecordMetadata> answer = super.send(record);
                boolean unused = history().size() <= good
                        ? completeNext()
                        : errorNext(new TimeoutException("no broker answered"));
                return answer;
            }
        };
    }
}
