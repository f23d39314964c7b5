package io.clinicalstreams.loadgen.send;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/**
 * The largest record that the topic accepts, checked before sending. The broker's limit is on the compressed batch, so
 * it never refuses a record that passes here.
 *
 * @param setting the Kafka setting the limit comes from, for the message
 * @param bytes largest batch that holds one record
 */
public record RecordSizeLimit(String topic, String setting, int bytes) {

    /** Batch header, record header with the longest varints, and the sent-at header. */
    private static final int OVERHEAD = 61 + 30 + 32;

    private static final int DEFAULT_TOPIC_LIMIT = 1_048_588;
    private static final int DEFAULT_PRODUCER_LIMIT = 1_048_576;

    /** The smaller limit of topic and producer. */
    static RecordSizeLimit of(String topic, Map<String, String> topicSettings, Map<String, Object> producerSettings) {
        int topicLimit = number(topicSettings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), DEFAULT_TOPIC_LIMIT);
        int producerLimit =
                number(producerSettings.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), DEFAULT_PRODUCER_LIMIT);
        return topicLimit <= producerLimit
                ? new RecordSizeLimit(topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, topicLimit)
                : new RecordSizeLimit(topic, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, producerLimit);
    }

    private static int number(@Nullable Object setting, int absent) {
        return setting == null ? absent : Integer.parseInt(setting.toString());
    }

    boolean admits(Outgoing outgoing) {
        return size(outgoing) <= bytes;
    }

    String refusal(Outgoing outgoing, long record) {
        return "record " + record + " was not sent: it has " + size(outgoing) + " bytes and " + topic
                + " accepts at most " + bytes + " (" + setting + ")";
    }

    private static long size(Outgoing outgoing) {
        return (long) outgoing.size() + OVERHEAD;
    }
}
