package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.CleanupPolicy;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.setting.BrokerDefinitions;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.streams.StreamsConfig;

/** Checks a lane's settings against its inputs and the brokers' limits. */
final class LaneRules {

    private static final String LARGEST_REQUEST = "producer.max.request.size";

    private final Catalogue catalogue;
    private final Problems problems;
    private final EffectiveValues values = new EffectiveValues();

    LaneRules(Catalogue catalogue, Problems problems) {
        this.catalogue = catalogue;
        this.problems = problems;
    }

    void check(Lane lane) {
        String file = CatalogueFiles.fileOf(CatalogueFiles.LANES, lane.name());
        checkSources(lane, file);
        for (Topic reference : lane.references()) {
            checkTable(reference, file);
        }
        checkSizes(lane);
        checkChangelogs(lane);
        checkTimes(lane);
        checkThreads(lane);
        checkConsumers(lane);
    }

    /** Merged sources share tasks and state; Streams itself does not check that their partition counts are equal. */
    private void checkSources(Lane lane, String file) {
        List<Integer> partitions =
                lane.sources().stream().map(Topic::partitions).distinct().toList();
        if (partitions.size() > 1) {
            String counts = lane.sources().stream()
                    .map(source -> source.name() + " " + source.partitions())
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("");
            problems.add(
                    CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, catalogue.environment()),
                    "topics",
                    "lane " + lane.name() + " merges topics with unequal partition counts: " + counts);
        }
        for (Topic source : lane.sources()) {
            if (!source.keyedOrder()) {
                problems.add(file, "sources", "'" + source.name() + "' has no keyed order, which lanes rely on");
            }
        }
    }

    private void checkTable(Topic reference, String file) {
        CleanupPolicy cleanup = reference.cleanup();
        if (!cleanup.isTable()) {
            String how = cleanup.isCompacted() ? "is deleted by age as well as compacted" : "is not compacted";
            problems.add(file, "references", "'" + reference.name() + "' " + how + ", so it is not a table");
        }
    }

    private void checkSizes(Lane lane) {
        EffectiveValue largestRequest = values.lane(lane, LARGEST_REQUEST);
        EffectiveValue ofPartition = values.lane(lane, "main.consumer.max.partition.fetch.bytes");
        EffectiveValue ofAll = values.lane(lane, "main.consumer.fetch.max.bytes");
        problems.require(ofAll.atLeast(ofPartition), "one fetch response must hold what one partition may return");
        for (Topic source : lane.sources()) {
            EffectiveValue largestInput = values.topic(source, "max.message.bytes");
            String input = "lane " + lane.name() + "'s input '" + source.name() + "'";
            problems.require(ofPartition.atLeast(largestInput), "the largest record of " + input);
            problems.require(ofAll.atLeast(largestInput), "the largest record of " + input);
            if (!isWrittenByALane(source)) {
                problems.require(
                        largestRequest.atLeast(largestInput.withHeadroom()),
                        "the outputs need headroom over " + input + "; give it a profile with smaller records");
            }
        }
        problems.require(
                values.lane(lane, "producer.batch.size").atMost(largestRequest), "a batch must fit in one request");
        problems.require(
                values.lane(lane, "producer.buffer.memory").atLeast(largestRequest),
                "the largest record must fit in the buffer");
        problems.require(
                largestRequest.lessThan(values.broker(catalogue.where(), BrokerDefinitions.REQUEST_MAX_BYTES)),
                "or the broker closes the connection");
    }

    /** A state change that the changelog refuses would stop the lane at every restart. */
    private void checkChangelogs(Lane lane) {
        if (!lane.internalTopics().isEmpty()) {
            problems.require(
                    values.lane(lane, "topic.max.message.bytes").atLeast(values.lane(lane, LARGEST_REQUEST)),
                    "or a changelog refuses what the lane's producer accepts");
        }
    }

    private void checkTimes(Lane lane) {
        if (lane.isExactlyOnce()) {
            checkTransactions(lane);
        }
        problems.require(
                values.lane(lane, "producer.delivery.timeout.ms")
                        .atLeast(values.lane(lane, "producer.linger.ms")
                                .plus(values.lane(lane, "producer.request.timeout.ms"))),
                "or a record expires before the first response");
        EffectiveValue session = values.lane(lane, "main.consumer.session.timeout.ms");
        problems.require(
                session.atLeast(
                        values.lane(lane, "main.consumer.heartbeat.interval.ms").times(3)),
                "one heartbeat may be lost");
        new SessionBounds(catalogue.where(), problems).check(session);
    }

    private void checkTransactions(Lane lane) {
        EffectiveValue transaction = values.lane(lane, "producer.transaction.timeout.ms");
        problems.require(
                values.lane(lane, "commit.interval.ms").lessThan(transaction),
                "or the broker aborts every transaction");
        problems.require(
                transaction.atMost(values.broker(catalogue.where(), BrokerDefinitions.TRANSACTION_MAX_TIMEOUT)),
                "or the brokers refuse the lane's producer");
        for (Topic sink : lane.sinks()) {
            String isolation = values.consumerText(sink, "isolation.level");
            if (!isolation.equals("read_committed")) {
                problems.add(
                        sink.consumer()
                                .get("isolation.level")
                                .map(EffectiveSetting::file)
                                .orElse(EffectiveValues.profileFile(sink.profile())),
                        "consumer.isolation.level",
                        "is " + isolation + ", must be read_committed: lane " + lane.name() + " writes '" + sink.name()
                                + "' exactly once, and its readers would see aborted records");
            }
        }
    }

    private void checkThreads(Lane lane) {
        lane.sources().stream()
                .max(Comparator.comparingInt(Topic::partitions))
                .ifPresent(widest -> problems.require(
                        values.lane(lane, "num.stream.threads").atMost(values.partitions(catalogue.where(), widest)),
                        "a thread without a partition is idle"));
    }

    /**
     * A setting for the main consumer overrides one for all consumers, whatever their layers; so a higher layer's
     * setting for all consumers would have no effect on the one that matters.
     */
    private void checkConsumers(Lane lane) {
        for (EffectiveSetting forAll : lane.settings().byName().values()) {
            if (forAll.name().startsWith(StreamsConfig.CONSUMER_PREFIX)) {
                String forMain = SettingDefinitions.FOR_MAIN_CONSUMER
                        + forAll.name().substring(StreamsConfig.CONSUMER_PREFIX.length());
                lane.settings()
                        .get(forMain)
                        .filter(main -> isLostOn(main, forAll))
                        .ifPresent(main -> problems.add(
                                forAll.file(),
                                forAll.path(),
                                "has no effect on lane " + lane.name() + "'s input: " + main.file() + " has "
                                        + main.path() + "; write " + forMain + " instead, or as well"));
            }
        }
    }

    private static boolean isLostOn(EffectiveSetting main, EffectiveSetting forAll) {
        boolean isWrittenBesideIt =
                main.file().equals(forAll.file()) && main.path().endsWith(main.name());
        return !isWrittenBesideIt && main.origin().compareTo(forAll.origin()) <= 0;
    }

    private boolean isWrittenByALane(Topic topic) {
        return catalogue.lanes().stream().anyMatch(lane -> lane.sinks().contains(topic));
    }
}
