package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The whole answer: each topic, the lanes, their state, the brokers. */
record Sizing(
        String environment,
        Inputs inputs,
        NamedInputs named,
        double megabytesPerSecond,
        List<TopicSize> topics,
        List<Figure> figures,
        Brokers brokers) {

    private static final double MB = 1e6;
    private static final double GB = 1e9;
    private static final double BYTES_PER_GIGABIT = 125e6;
    private static final double SECONDS_PER_DAY = 86_400;

    Sizing {
        topics = List.copyOf(topics);
        figures = List.copyOf(figures);
    }

    /**
     * @throws IllegalArgumentException when a topic keeps records for ever, so that no number of brokers is enough, or when
     *     it is not clear which lane's state the inputs describe
     */
    static Sizing of(Catalogue catalogue, Inputs inputs, NamedInputs named) {
        requireOneState(catalogue);
        DesignLoad load =
                new DesignLoad(inputs.of(SizeInput.RATE), inputs.of(SizeInput.GROWTH), inputs.of(SizeInput.HEADROOM));
        TopicSizing sizing = new TopicSizing(catalogue, inputs, named, load);
        List<TopicSize> topics = catalogue.topics().stream().map(sizing::of).toList();
        Map<String, Integer> partitions =
                topics.stream().collect(Collectors.toMap(TopicSize::topic, TopicSize::partitionsMade));
        LaneSizing laneSizing = new LaneSizing(catalogue, inputs, named, load, partitions);
        List<LaneSize> lanes = catalogue.lanes().stream().map(laneSizing::of).toList();
        Brokers brokers = brokers(catalogue, inputs, topics, lanes);

        List<Figure> figures = new ArrayList<>(List.of(load.figure()));
        lanes.forEach(lane -> figures.addAll(lane.figures()));
        figures.addAll(brokers.bounds());
        figures.add(brokers.figure());
        figures.addAll(eachBroker(brokers));
        figures.add(retention(brokers, inputs, topics));
        double today = inputs.of(SizeInput.RATE) * inputs.of(SizeInput.RECORD_BYTES) / MB;
        return new Sizing(catalogue.environment(), inputs, named, today, topics, figures, brokers);
    }

    /** Two states would be computed as if they were alike, and be told as one. */
    private static void requireOneState(Catalogue catalogue) {
        List<String> lanes = catalogue.lanes().stream()
                .filter(lane -> !lane.internalTopics().isEmpty())
                .map(Lane::name)
                .toList();
        if (lanes.size() > 1) {
            throw new IllegalArgumentException("lanes " + String.join(", ", lanes)
                    + " keep state, and --patients, --state-bytes and --puts-per-record are of one: size them apart,"
                    + " each with a copy of the catalogue that has only one of them");
        }
    }

    private static Brokers brokers(Catalogue catalogue, Inputs inputs, List<TopicSize> topics, List<LaneSize> lanes) {
        int replication = catalogue.where().replication();
        long partitions = topics.stream().mapToLong(TopicSize::partitionsMade).sum()
                + lanes.stream().mapToLong(LaneSize::changelogPartitions).sum();
        return new Brokers(
                topics.stream().mapToDouble(TopicSize::written).sum()
                        + lanes.stream().mapToDouble(LaneSize::changelogWritten).sum(),
                topics.stream().mapToDouble(TopicSize::read).sum()
                        + lanes.stream().mapToDouble(LaneSize::changelogRead).sum(),
                topics.stream().mapToDouble(topic -> topic.stored().bytes()).sum()
                        + lanes.stream().mapToDouble(LaneSize::changelogStored).sum(),
                (double) partitions * replication,
                replication,
                catalogue.where().brokers(),
                new Brokers.Limits(
                        inputs.of(SizeInput.NETWORK) * BYTES_PER_GIGABIT,
                        inputs.of(SizeInput.DISK_RATE) * MB,
                        inputs.of(SizeInput.DISK) * GB,
                        inputs.of(SizeInput.BROKER_PARTITIONS),
                        (int) inputs.of(SizeInput.SPARE)));
    }

    private static List<Figure> eachBroker(Brokers brokers) {
        int count = brokers.count();
        return List.of(
                new Figure(
                        "disk of a broker",
                        brokers.stored() / count / GB,
                        "GB",
                        "stored / brokers = %s GB / %d, copies and the load's headroom included"
                                .formatted(Numbers.of(brokers.stored() / GB), count)),
                new Figure(
                        "network of a broker, in",
                        brokers.in() / count / MB,
                        "MB/s",
                        "in / brokers = %s MB/s / %d".formatted(Numbers.of(brokers.in() / MB), count)),
                new Figure(
                        "network of a broker, out",
                        brokers.out() / count / MB,
                        "MB/s",
                        "out / brokers = %s MB/s / %d".formatted(Numbers.of(brokers.out() / MB), count)));
    }

    /** Of topics whose records go by age, all alike: tables and changelogs take the same however long that is. */
    private static Figure retention(Brokers brokers, Inputs inputs, List<TopicSize> topics) {
        double disks = brokers.count() * inputs.of(SizeInput.DISK) * GB;
        double byAge = topics.stream()
                .filter(TopicSize::goesByAge)
                .mapToDouble(topic -> topic.stored().bytes())
                .sum();
        double fixed = brokers.stored() - byAge;
        double perDay = topics.stream()
                        .filter(TopicSize::goesByAge)
                        .mapToDouble(TopicSize::written)
                        .sum()
                * inputs.of(SizeInput.AVERAGE)
                * brokers.replication()
                * SECONDS_PER_DAY;
        return new Figure(
                "retention that would fit",
                perDay == 0 ? 0 : Math.max(0, disks - fixed) / perDay,
                "days",
                "(disks - compacted topics and changelogs) / (written on average a day x copies, of the others)"
                        + " = (%s - %s GB) / %s GB"
                                .formatted(Numbers.of(disks / GB), Numbers.of(fixed / GB), Numbers.of(perDay / GB)));
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
