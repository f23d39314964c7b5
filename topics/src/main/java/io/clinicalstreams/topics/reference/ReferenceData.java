package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.MissingTopicException;
import io.clinicalstreams.topics.reference.AlertRuleYaml.Owned;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The alert rules in their compacted topic. Changes only keys of the given rules' owner. Use one writer at a time: two
 * writers with different rules overwrite each other.
 */
public final class ReferenceData {

    private final Catalogue catalogue;
    private final String topic;
    private final Map<String, Object> consumerSettings;
    private final Map<String, Object> producerSettings;

    private ReferenceData(
            Catalogue catalogue, Map<String, Object> consumerSettings, Map<String, Object> producerSettings) {
        this.catalogue = catalogue;
        this.topic = catalogue.topic(TopicNames.ALERT_RULE).fullName();
        this.consumerSettings = consumerSettings;
        this.producerSettings = producerSettings;
    }

    /**
     * The rules on a cluster.
     *
     * @param client address and security of the cluster; overrides the catalogue's settings
     */
    public static ReferenceData of(Catalogue catalogue, Map<String, Object> client) {
        Topic topic = catalogue.topic(TopicNames.ALERT_RULE);
        Map<String, Object> consumer = new HashMap<>(topic.consumer().plain());
        Map<String, Object> producer = new HashMap<>(topic.producer().plain());
        consumer.putAll(client);
        producer.putAll(client);
        return new ReferenceData(catalogue, consumer, producer);
    }

    /**
     * The latest value of each key, from the first record to the current end.
     *
     * @throws KafkaException if the cluster does not answer or the topic does not exist
     */
    public Map<String, byte[]> present() {
        Map<String, Object> settings = new HashMap<>(consumerSettings);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return new LatestByKey(consumer).latest(topic);
        } catch (UnknownTopicOrPartitionException absent) {
            throw new MissingTopicException(catalogue, List.of(topic), settings);
        }
    }

    /** What has to be written for these rules; writes nothing. */
    ReferencePlan plan(Owned wanted) {
        return ReferencePlan.between(wanted.owner(), wanted.rules(), present());
    }

    /**
     * Makes the curated records match the rules: writes the rules, then the tombstones and, after both, the manifest
     * that lists them as one set. Writes nothing if nothing changed.
     *
     * @return what was written
     * @throws KafkaException if the cluster does not answer or refuses; the message says how many records were confirmed.
     *     Running it again completes it
     */
    public ReferencePlan apply(Collection<AlertRule> wanted) {
        return apply(RuleManifest.CURATED, wanted);
    }

    /**
     * The same for another owner's rules.
     *
     * @param owner the prefix of their ids, such as {@code ward/}
     */
    public ReferencePlan apply(String owner, Collection<AlertRule> wanted) {
        ReferencePlan plan = ReferencePlan.between(owner, wanted, present());
        carryOut(plan);
        return plan;
    }

    /** Carries out a plan that was just made; see {@link #apply}. */
    void carryOut(ReferencePlan plan) {
        if (plan.isEmpty()) {
            return;
        }
        Map<String, Object> settings = new HashMap<>(producerSettings);
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            new ReferenceWriter(topic, producer).carryOut(plan);
        }
    }
}
