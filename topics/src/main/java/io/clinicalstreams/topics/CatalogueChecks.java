package io.clinicalstreams.topics;

import java.util.List;

/** What must hold between the parts of a catalogue in one environment, beyond what each part says for itself. */
final class CatalogueChecks {

    private final Catalogue catalogue;
    private final EffectiveValues values = new EffectiveValues();
    private final Problems problems;

    CatalogueChecks(Catalogue catalogue, Problems problems) {
        this.catalogue = catalogue;
        this.problems = problems;
    }

    void check() {
        checkEnvironment(catalogue.where());
        catalogue.topics().forEach(this::checkTopic);
        catalogue.lanes().forEach(this::checkLane);
    }

    private void checkEnvironment(Environment where) {
        String file = CatalogueReading.fileOf(CatalogueReading.ENVIRONMENTS, where.name());
        if (where.replication() > where.brokers()) {
            problems.add(file, "replication", "is " + where.replication() + ", more than brokers, " + where.brokers());
        }
        boolean alone = where.replication() == 1 && where.minInsyncReplicas() == 1;
        if (!alone && where.minInsyncReplicas() >= where.replication()) {
            problems.add(
                    file,
                    "min-insync-replicas",
                    "is " + where.minInsyncReplicas() + " of replication " + where.replication()
                            + ": with one broker down nothing could be written; must be less");
        }
    }

    private void checkTopic(Topic topic) {
        checkRetention(topic);
        require(
                values.producer(topic, "max.request.size").atMost(values.topic(topic, "max.message.bytes")),
                "or the broker refuses what the producer accepts");
        require(
                values.consumer(topic, "max.partition.fetch.bytes").atLeast(values.topic(topic, "max.message.bytes")),
                "the largest message");
        require(
                values.producer(topic, "batch.size").atMost(values.producer(topic, "max.request.size")),
                "one request must hold a batch");
        require(
                values.producer(topic, "buffer.memory").atLeast(values.producer(topic, "max.request.size")),
                "the buffer must hold the largest record");
        require(
                values.producer(topic, "delivery.timeout.ms")
                        .atLeast(
                                values.producer(topic, "linger.ms").plus(values.producer(topic, "request.timeout.ms"))),
                "or a record expires before its first answer");
        require(
                values.consumer(topic, "session.timeout.ms")
                        .atLeast(values.consumer(topic, "heartbeat.interval.ms").times(3)),
                "one heartbeat may be lost");
    }

    private void checkRetention(Topic topic) {
        if (values.isCompacted(topic)) {
            if (values.isTiered(topic)) {
                String file = CatalogueReading.fileOf(CatalogueReading.TOPICS, topic.name());
                problems.add(
                        topic.settings()
                                .get("remote.storage.enable")
                                .map(EffectiveSetting::file)
                                .orElse(file),
                        "remote.storage.enable",
                        "topic '" + topic.name() + "' is compacted, and Kafka does not tier compacted topics");
            }
            return;
        }
        EffectiveValue retention = values.topic(topic, "retention.ms");
        if (retention.number() >= 0) {
            require(
                    values.topic(topic, "segment.ms").atMost(retention),
                    "retention deletes whole segments, never the open one");
        }
    }

    private void checkLane(Lane lane) {
        String file = CatalogueReading.fileOf(CatalogueReading.LANES, lane.name());
        checkSources(lane, file);
        for (Topic reference : lane.references()) {
            if (!values.isCompacted(reference)) {
                problems.add(file, "references", "'" + reference.name() + "' is not compacted: it is no table");
            }
        }
        EffectiveValue largestRequest = values.lane(lane, "producer.max.request.size");
        for (Topic source : lane.sources()) {
            EffectiveValue largestInput = values.topic(source, "max.message.bytes");
            require(
                    values.lane(lane, "main.consumer.max.partition.fetch.bytes").atLeast(largestInput),
                    "the largest input");
            if (!isWrittenByALane(source)) {
                require(largestRequest.moreThan(largestInput), "an output needs headroom over its input");
            }
        }
        for (Topic sink : lane.sinks()) {
            require(
                    largestRequest.atMost(values.topic(sink, "max.message.bytes")),
                    "or the broker refuses what lane " + lane.name() + " writes, at every restart");
        }
        require(
                values.lane(lane, "commit.interval.ms").lessThan(values.lane(lane, "producer.transaction.timeout.ms")),
                "or the broker aborts every transaction");
    }

    /** Merged sources share tasks and state; Streams itself says nothing when their partitions differ. */
    private void checkSources(Lane lane, String file) {
        List<Integer> partitions =
                lane.sources().stream().map(Topic::partitions).distinct().toList();
        if (partitions.size() > 1) {
            String counts = lane.sources().stream()
                    .map(source -> source.name() + " " + source.partitions())
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("");
            problems.add(
                    CatalogueReading.fileOf(CatalogueReading.ENVIRONMENTS, catalogue.environment()),
                    "topics",
                    "lane " + lane.name() + " merges topics of unequal partitions: " + counts);
        }
        for (Topic source : lane.sources()) {
            if (!source.keyedOrder()) {
                problems.add(file, "sources", "'" + source.name() + "' has no keyed order, which lanes rely on");
            }
        }
    }

    private boolean isWrittenByALane(Topic topic) {
        return catalogue.lanes().stream().anyMatch(lane -> lane.sinks().contains(topic));
    }

    private void require(EffectiveValue.Comparison comparison, String why) {
        if (!comparison.holds()) {
            problems.add(comparison.problem(why));
        }
    }
}
