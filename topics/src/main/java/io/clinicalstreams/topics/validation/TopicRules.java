package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.CleanupPolicy;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import org.apache.kafka.common.config.TopicConfig;

/** Checks a topic's settings against those of its clients and the brokers' limits. */
record TopicRules(ClientRules clients, Problems problems) {

    private static final int MOST_IN_FLIGHT = 5;
    private static final EffectiveValues VALUES = new EffectiveValues();

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
        clients.checkFetch(
                name -> VALUES.consumer(topic, name), VALUES.topic(topic, "max.message.bytes"), "the largest message");
        clients.checkSession(name -> VALUES.consumer(topic, name));
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
        checkRetention(topic, "retention.ms", "segment.ms");
        checkRetention(topic, "retention.bytes", "segment.bytes");
    }

    private void checkRetention(Topic topic, String retention, String segment) {
        EffectiveValue whole = VALUES.topic(topic, retention);
        if (whole.number() >= 0) {
            problems.require(
                    VALUES.topic(topic, segment).atMost(whole),
                    "retention deletes whole segments, never the active one");
            EffectiveValue local = VALUES.topic(topic, "local." + retention);
            if (local.number() >= 0) {
                problems.require(local.atMost(whole), "local retention is a part of total retention");
            }
        }
    }

    private void checkCompaction(Topic topic) {
        problems.require(
                VALUES.topic(topic, "min.compaction.lag.ms").atMost(VALUES.topic(topic, "max.compaction.lag.ms")),
                "the broker refuses it");
        if (VALUES.isTiered(topic)) {
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
        EffectiveValue largest = VALUES.producer(topic, "max.request.size");
        boolean isCompressed = !VALUES.producerText(topic, "compression.type").equals("none");
        problems.require(
                (isCompressed ? largest.withCompressionOverhead() : largest)
                        .atMost(VALUES.topic(topic, "max.message.bytes")),
                "or the broker refuses what the producer accepts");
        clients.checkProducer(name -> VALUES.producer(topic, name));
    }

    /** A producer with both would not start. */
    private void checkIdempotence(Topic topic) {
        if (!Boolean.parseBoolean(VALUES.producerText(topic, "enable.idempotence"))) {
            return;
        }
        EffectiveValue inFlight = VALUES.producer(topic, "max.in.flight.requests.per.connection");
        if (inFlight.number() > MOST_IN_FLIGHT) {
            problems.add(inFlight.problem("is " + inFlight.number() + ", must be at most " + MOST_IN_FLIGHT
                    + " with enable.idempotence: more would lose the order, and Kafka refuses it"));
        }
        String acks = VALUES.producerText(topic, "acks");
        if (!acks.equals("all") && !acks.equals("-1")) {
            problems.add(
                    topic.producer().get("acks").map(EffectiveSetting::file).orElse(""),
                    "acks",
                    "is " + acks + ", must be all with enable.idempotence: Kafka refuses it");
        }
    }
}
