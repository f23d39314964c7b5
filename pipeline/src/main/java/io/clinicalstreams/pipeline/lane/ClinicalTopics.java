package io.clinicalstreams.pipeline.lane;

import io.clinicalstreams.pipeline.step.AlertRecord;
import io.clinicalstreams.pipeline.step.AlertingOutput.ForwardedRecord;
import io.clinicalstreams.pipeline.step.Destination;
import io.clinicalstreams.pipeline.step.Outcome;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** The catalogue's topics with the lanes' types. Input is read as bytes and parsed in a step, never in a serde. */
public record ClinicalTopics(Catalogue catalogue) {

    private static final Serde<Outcome> OUTCOMES = writtenAs((topic, outcome) -> outcome.value());
    private static final Serde<AlertRecord> ALERTS = writtenAs((topic, alert) -> alert.detectedIssue());
    private static final Serde<ForwardedRecord> FORWARDED = writtenAs((topic, forwarded) -> forwarded.value());

    TypedTopic<byte[], byte[]> received() {
        return typed(TopicNames.RESOURCE_RECEIVED, Serdes.ByteArray());
    }

    TypedTopic<byte[], byte[]> rekeyedInput() {
        return typed(TopicNames.RESOURCE_REKEYED, Serdes.ByteArray());
    }

    /** Both sources of a lane, co-partitioned: they have the same number of partitions. */
    List<String> input() {
        return List.of(received().name(), rekeyedInput().name());
    }

    TypedTopic<byte[], Outcome> written(Destination destination) {
        return typed(destination.topic(), OUTCOMES);
    }

    TypedTopic<byte[], ForwardedRecord> forwarded() {
        return typed(TopicNames.RESOURCE_REKEYED, FORWARDED);
    }

    TypedTopic<byte[], AlertRecord> alertGenerated() {
        return typed(TopicNames.ALERT_GENERATED, ALERTS);
    }

    TypedTopic<String, AlertRecord> alertCurrent() {
        return new TypedTopic<>(catalogue.topic(TopicNames.ALERT_CURRENT), Serdes.String(), ALERTS);
    }

    TypedTopic<String, byte[]> alertRule() {
        return new TypedTopic<>(catalogue.topic(TopicNames.ALERT_RULE), Serdes.String(), Serdes.ByteArray());
    }

    private <V> TypedTopic<byte[], V> typed(String name, Serde<V> values) {
        return new TypedTopic<>(catalogue.topic(name), Serdes.ByteArray(), values);
    }

    /** A write-only serde. */
    private static <V> Serde<V> writtenAs(Serializer<V> serializer) {
        Deserializer<V> never = (topic, bytes) -> {
            throw new UnsupportedOperationException("the lanes only write this topic");
        };
        return Serdes.serdeFrom(serializer, never);
    }
}
