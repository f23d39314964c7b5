package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.CleanupPolicy;
import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.setting.BrokerDefinitions;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import org.apache.kafka.common.config.TopicConfig;

/** Checks a topic's settings against those of its clients and the brokers' limits. */
final class TopicRules {

    private static final int MOST_IN_FLIGHT = 5;

    private final Environment where;
    private final Problems problems;
    private final EffectiveValues values = new EffectiveValues();

    TopicRules(Environment where, Problems problems) {
        this.where = where;
        this.problems = problems;
    }

    void check(Topic topic) {
        CleanupPolicy cleanup = topic.cleanup();
        checkTable(topic);
        if (cleanup.isCompacted()) {
            checkCompaction(topic);
        }
        if (cleanup.isDeleted()) {
            checkRetention(topic);
        }
        checkProducer(topic);
        checkIdempotence(topic);
        checkConsumer(topic);
    }

    /** A reader rebuilds a table from such a topic and would miss deleted records. */
    private void checkTable(Topic topic) {
        if (CleanupPolicy.of(topic.profile().topic()).isTable()
                && !topic.cleanup().isTable()) {
            topic.settings()
                    .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                    .ifPresent(own -> problems.add(
                            own.file(),
                            own.path(),
                            "is " + own.value() + ", and profile "
                                    + topic.profile().name()
                                    + " keeps the latest value of every key: nothing may be deleted by age"));
        }
    }

    private void checkRetention(Topic topic) {
        EffectiveValue retention = values.topic(topic, "retention.ms");
        if (retention.number() >= 0) {
            problems.require(
                    values.topic(topic, "segment.ms").atMost(retention),
                    "retention deletes whole segments, never the active one");
            EffectiveValue local = values.topic(topic, "local.retention.ms");
            if (local.number() >= 0) {
                problems.require(local.atMost(retention), "local retention is a part of total retention");
            }
        }
        EffectiveValue retained = values.topic(topic, "retention.bytes");
        if (retained.number() >= 0) {
            problems.require(
                    values.topic(topic, "segment.bytes").atMost(retained),
                    "retention deletes whole segments, never the active one");
            EffectiveValue local = values.topic(topic, "local.retention.bytes");
            if (local.number() >= 0) {
                problems.require(local.atMost(retained), "local retention is a part of total retention");
            }
        }
    }

    private void checkCompaction(Topic topic) {
        problems.require(
                values.topic(topic, "min.compaction.lag.ms").atMost(values.topic(topic, "max.compaction.lag.ms")),
                "the broker refuses it");
        if (values.isTiered(topic)) {
            problems.add(
                    topic.settings()
                            .get("remote.storage.enable")
                            .map(EffectiveSetting::file)
                            .orElse(EffectiveValues.topicFile(topic)),
                    "remote.storage.enable",
                    "topic '" + topic.name()
                            + "' is compacted, and Kafka does not support tiered storage for compacted topics");
        }
        if (!topic.keyedOrder()) {
            problems.add(
                    EffectiveValues.topicFile(topic),
                    "keyed-order",
                    "is false, and the topic is compacted: partitions could be added, and a key's next value would not"
                            + " replace the one in its earlier partition");
        }
    }

    private void checkProducer(Topic topic) {
        EffectiveValue largest = values.producer(topic, "max.request.size");
        boolean isCompressed = !values.producerText(topic, "compression.type").equals("none");
        problems.require(
                (isCompressed ? largest.withCompressionOverhead() : largest)
                        .atMost(values.topic(topic, "max.message.bytes")),
                "or the broker refuses what the producer accepts");
        problems.require(
                largest.lessThan(values.broker(where, BrokerDefinitions.REQUEST_MAX_BYTES)),
                "or the broker closes the connection");
        problems.require(values.producer(topic, "batch.size").atMost(largest), "a batch must fit in one request");
        problems.require(
                values.producer(topic, "buffer.memory").atLeast(largest), "the largest record must fit in the buffer");
        problems.require(
                values.producer(topic, "delivery.timeout.ms")
                        .atLeast(
                                values.producer(topic, "linger.ms").plus(values.producer(topic, "request.timeout.ms"))),
                "or a record expires before the first response");
    }

    /** A producer with both would not start. */
    private void checkIdempotence(Topic topic) {
        if (!Boolean.parseBoolean(values.producerText(topic, "enable.idempotence"))) {
            return;
        }
        EffectiveValue inFlight = values.producer(topic, "max.in.flight.requests.per.connection");
        if (inFlight.number() > MOST_IN_FLIGHT) {
            problems.add(inFlight.problem("is " + inFlight.number() + ", must be at most " + MOST_IN_FLIGHT
                    + " with enable.idempotence: more would lose the order, and Kafka refuses it"));
        }
        String acks = values.producerText(topic, "acks");
        if (!acks.equals("all") && !acks.equals("-1")) {
            problems.add(
                    topic.producer().get("acks").map(EffectiveSetting::file).orElse(""),
                    "acks",
                    "is " + acks + ", must be all with enable.idempotence: Kafka refuses it");
        }
    }

    private void checkConsumer(Topic topic) {
        EffectiveValue largest = values.topic(topic, "max.message.bytes");
        EffectiveValue ofPartition = values.consumer(topic, "max.partition.fetch.bytes");
        EffectiveValue ofAll = values.consumer(topic, "fetch.max.bytes");
        problems.require(ofPartition.atLeast(largest), "the largest message");
        problems.require(ofAll.atLeast(largest), "the largest message");
        problems.require(ofAll.atLeast(ofPartition), "one fetch response must hold what one partition may return");
        EffectiveValue session = values.consumer(topic, "session.timeout.ms");
        problems.require(
                session.atLeast(values.consumer(topic, "heartbeat.interval.ms").times(3)), "one heartbeat may be lost");
        new SessionBounds(where, problems).check(session);
    }
}
