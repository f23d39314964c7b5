package io.clinicalstreams.topics;

import java.util.List;

/** What must hold between a lane's settings, its inputs, and what the brokers allow. */
final class LaneChecks {

    private final Catalogue catalogue;
    private final Problems problems;
    private final EffectiveValues values = new EffectiveValues();

    LaneChecks(Catalogue catalogue, Problems problems) {
        this.catalogue = catalogue;
        this.problems = problems;
    }

    void check(Lane lane) {
        String file = CatalogueReading.fileOf(CatalogueReading.LANES, lane.name());
        checkSources(lane, file);
        for (Topic reference : lane.references()) {
            if (!values.isCompacted(reference)) {
                problems.add(file, "references", "'" + reference.name() + "' is not compacted: it is no table");
            }
        }
        checkSizes(lane);
        checkTimes(lane);
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

    private void checkSizes(Lane lane) {
        EffectiveValue largestRequest = values.lane(lane, "producer.max.request.size");
        for (Topic source : lane.sources()) {
            EffectiveValue largestInput = values.topic(source, "max.message.bytes");
            problems.require(
                    values.lane(lane, "main.consumer.max.partition.fetch.bytes").atLeast(largestInput),
                    "the largest input");
            problems.require(
                    values.lane(lane, "main.consumer.fetch.max.bytes").atLeast(largestInput), "the largest input");
            if (!isWrittenByALane(source)) {
                problems.require(largestRequest.moreThan(largestInput), "an output needs headroom over its input");
            }
        }
        problems.require(
                values.lane(lane, "producer.batch.size").atMost(largestRequest), "one request must hold a batch");
        problems.require(
                values.lane(lane, "producer.buffer.memory").atLeast(largestRequest),
                "the buffer must hold the largest record");
        problems.require(
                largestRequest.lessThan(values.broker(catalogue.where(), BrokerDefinitions.REQUEST_MAX_BYTES)),
                "or the broker closes the connection");
    }

    private void checkTimes(Lane lane) {
        EffectiveValue transaction = values.lane(lane, "producer.transaction.timeout.ms");
        problems.require(
                values.lane(lane, "commit.interval.ms").lessThan(transaction),
                "or the broker aborts every transaction");
        problems.require(
                transaction.atMost(values.broker(catalogue.where(), BrokerDefinitions.TRANSACTION_MAX_TIMEOUT)),
                "or the brokers refuse the lane's producer");
        problems.require(
                values.lane(lane, "producer.delivery.timeout.ms")
                        .atLeast(values.lane(lane, "producer.linger.ms")
                                .plus(values.lane(lane, "producer.request.timeout.ms"))),
                "or a record expires before its first answer");
        EffectiveValue session = values.lane(lane, "main.consumer.session.timeout.ms");
        problems.require(
                session.atLeast(
                        values.lane(lane, "main.consumer.heartbeat.interval.ms").times(3)),
                "one heartbeat may be lost");
        new SessionBounds(catalogue.where(), problems).check(session);
    }

    private boolean isWrittenByALane(Topic topic) {
        return catalogue.lanes().stream().anyMatch(lane -> lane.sinks().contains(topic));
    }
}
