package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.EffectiveSetting;
import io.clinicalstreams.topics.Lane;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.StreamsConfig;

/** The whole answer: each topic, the lanes, their state, the brokers. */
record Sizing(
        String environment,
        Inputs inputs,
        double megabytesPerSecond,
        List<TopicSize> topics,
        List<Figure> figures,
        Brokers brokers) {

    private static final double MB = 1e6;
    private static final double GB = 1e9;
    private static final double BYTES_PER_GIGABIT = 125e6;
    private static final double SECONDS_PER_DAY = 86_400;
    /** Changelogs have Kafka's default. */
    private static final double CHANGELOG_DIRTY = 0.5;

    Sizing {
        topics = List.copyOf(topics);
        figures = List.copyOf(figures);
    }

    static Sizing of(Catalogue catalogue, Inputs inputs, Shares shares) {
        DesignLoad load =
                new DesignLoad(inputs.of(SizeInput.RATE), inputs.of(SizeInput.GROWTH), inputs.of(SizeInput.HEADROOM));
        double target = load.perSecond();
        TopicSizing sizing = new TopicSizing(catalogue, inputs, shares, target);
        List<TopicSize> topics = catalogue.topics().stream().map(sizing::of).toList();
        int replication = catalogue.where().replication();

        List<Figure> lanes = new ArrayList<>();
        double changelogWritten = 0;
        double changelogStored = 0;
        double changelogPartitions = 0;
        for (Lane lane : catalogue.lanes()) {
            int partitions = lane.sources().get(0).partitions();
            LaneInstances instances =
                    new LaneInstances(lane.name(), target, TopicSizing.rateOf(lane, inputs), threads(lane), partitions);
            lanes.add(instances.figure());
            if (!lane.internalTopics().isEmpty()) {
                LaneState state = new LaneState(
                        inputs.of(SizeInput.PATIENTS),
                        inputs.of(SizeInput.STATE_BYTES),
                        catalogue.where().standbyReplicas(),
                        instances.count(),
                        inputs.of(SizeInput.RESTORE_RATE) * MB);
                double written = target * inputs.of(SizeInput.PUTS) * inputs.of(SizeInput.STATE_BYTES);
                double stored = new CompactedTopic(
                                inputs.of(SizeInput.PATIENTS),
                                inputs.of(SizeInput.STATE_BYTES),
                                CHANGELOG_DIRTY,
                                replication)
                        .bytes();
                changelogWritten += written;
                changelogStored += stored;
                changelogPartitions += partitions;
                lanes.addAll(List.of(
                        state.state(),
                        state.perInstance(),
                        changelogRate(inputs, target, written),
                        changelogSize(state, replication, stored),
                        state.restore()));
            }
        }

        Brokers brokers = new Brokers(
                topics.stream().mapToDouble(TopicSize::written).sum() + changelogWritten,
                topics.stream().mapToDouble(TopicSize::read).sum(),
                topics.stream().mapToDouble(TopicSize::stored).sum() + changelogStored,
                (topics.stream().mapToInt(topic -> topic.partitions().count()).sum() + changelogPartitions)
                        * replication,
                replication,
                new Brokers.Limits(
                        inputs.of(SizeInput.NETWORK) * BYTES_PER_GIGABIT,
                        inputs.of(SizeInput.DISK_RATE) * MB,
                        inputs.of(SizeInput.DISK) * GB,
                        inputs.of(SizeInput.BROKER_PARTITIONS),
                        (int) inputs.of(SizeInput.SPARE)));

        List<Figure> figures = new ArrayList<>(List.of(load.figure()));
        figures.addAll(lanes);
        figures.addAll(brokers.bounds());
        figures.add(brokers.figure());
        figures.addAll(eachBroker(brokers, inputs));
        double today = inputs.of(SizeInput.RATE) * inputs.of(SizeInput.RECORD_BYTES) / MB;
        return new Sizing(catalogue.environment(), inputs, today, topics, figures, brokers);
    }

    private static Figure changelogRate(Inputs inputs, double target, double written) {
        return new Figure(
                "changelog written",
                written / MB,
                "MB/s",
                "T x puts x bytes = %s x %s x %s"
                        .formatted(
                                Numbers.of(target),
                                Numbers.of(inputs.of(SizeInput.PUTS)),
                                Numbers.of(inputs.of(SizeInput.STATE_BYTES))));
    }

    private static Figure changelogSize(LaneState state, int replication, double stored) {
        return new Figure(
                "changelog stored",
                stored / MB,
                "MB",
                "state / (1 - dirty ratio) x copies = %s / (1 - %s) x %d, and open segments"
                        .formatted(Numbers.of(state.bytes() / MB), Numbers.of(CHANGELOG_DIRTY), replication));
    }

    private static List<Figure> eachBroker(Brokers brokers, Inputs inputs) {
        int count = brokers.count();
        double perDay = brokers.written() * brokers.replication() * SECONDS_PER_DAY;
        double disks = count * inputs.of(SizeInput.DISK) * GB;
        return List.of(
                new Figure(
                        "disk of a broker",
                        brokers.stored() / count / GB,
                        "GB",
                        "stored / brokers = %s GB / %d, copies and the load's headroom included"
                                .formatted(Numbers.of(brokers.stored() / GB), count)),
                new Figure(
                        "retention that would fit",
                        disks / perDay,
                        "days",
                        "disks / (written a day x copies) = %s GB / %s GB, for all topics alike"
                                .formatted(Numbers.of(disks / GB), Numbers.of(perDay / GB))),
                new Figure(
                        "network of a broker, in",
                        brokers.in() / count / MB,
                        "MB/s",
                        "in / brokers = %s / %d".formatted(Numbers.of(brokers.in() / MB), count)),
                new Figure(
                        "network of a broker, out",
                        brokers.out() / count / MB,
                        "MB/s",
                        "out / brokers = %s / %d".formatted(Numbers.of(brokers.out() / MB), count)));
    }

    private static int threads(Lane lane) {
        return lane.settings()
                .get(StreamsConfig.NUM_STREAM_THREADS_CONFIG)
                .map(EffectiveSetting::value)
                .map(Integer::parseInt)
                .orElse(1);
    }

    SourceMilestone milestone() {
        return SourceMilestone.at(megabytesPerSecond);
    }

    int mostPartitions() {
        return topics.stream()
                .mapToInt(topic -> topic.partitions().count())
                .max()
                .orElse(0);
    }
}
