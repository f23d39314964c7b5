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
import java.util.function.Function;
import org.apache.kafka.streams.StreamsConfig;

/** Checks a lane's settings against its inputs and the brokers' limits. */
record LaneRules(Catalogue catalogue, ClientRules clients, Problems problems) {

    private static final String LARGEST_REQUEST = "producer.max.request.size";
    private static final EffectiveValues VALUES = new EffectiveValues();

    void check(Lane lane) {
        String file = CatalogueFiles.fileOf(CatalogueFiles.LANES, lane.name());
        checkSources(lane, file);
        for (Topic reference : lane.references()) {
            checkTable(reference, file);
        }
        checkSizes(lane);
        checkChangelogs(lane);
        if (lane.isExactlyOnce()) {
            checkTransactions(lane);
        }
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
        EffectiveValue largestRequest = VALUES.lane(lane, LARGEST_REQUEST);
        Function<String, EffectiveValue> consumer =
                name -> VALUES.lane(lane, SettingDefinitions.FOR_MAIN_CONSUMER + name);
        clients.checkSession(consumer);
        for (Topic source : lane.sources()) {
            EffectiveValue largestInput = VALUES.topic(source, "max.message.bytes");
            String input = "lane " + lane.name() + "'s input '" + source.name() + "'";
            clients.checkFetch(consumer, largestInput, "the largest record of " + input);
            if (!isWrittenByALane(source)) {
                problems.require(
                        largestRequest.atLeast(largestInput.withHeadroom()),
                        "the outputs need headroom over " + input + "; give it a profile with smaller records");
            }
        }
        clients.checkProducer(name -> VALUES.lane(lane, SettingDefinitions.FOR_PRODUCER + name));
    }

    /** A state change that the changelog refuses would stop the lane at every restart. */
    private void checkChangelogs(Lane lane) {
        if (!lane.internalTopics().isEmpty()) {
            problems.require(
                    VALUES.lane(lane, "topic.max.message.bytes").atLeast(VALUES.lane(lane, LARGEST_REQUEST)),
                    "or a changelog refuses what the lane's producer accepts");
        }
    }

    private void checkTransactions(Lane lane) {
        EffectiveValue transaction = VALUES.lane(lane, Lane.TRANSACTION_TIMEOUT);
        problems.require(
                VALUES.lane(lane, "commit.interval.ms").lessThan(transaction),
                "or the broker aborts every transaction");
        problems.require(
                transaction.atMost(VALUES.broker(catalogue.where(), BrokerDefinitions.TRANSACTION_MAX_TIMEOUT)),
                "or the brokers refuse the lane's producer");
        for (Topic sink : lane.sinks()) {
            String isolation = VALUES.consumerText(sink, "isolation.level");
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
                        VALUES.lane(lane, "num.stream.threads").atMost(VALUES.partitions(catalogue.where(), widest)),
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
