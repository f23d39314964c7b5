package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The complete result: topics, lanes, their state, brokers.
 *
 * @param isEnough whether the catalogue's partitions and the environment's brokers carry the load
 */
record Sizing(
        String environment,
        Inputs inputs,
        List<TopicSize> topics,
        List<Figure> figures,
        Brokers brokers,
        boolean isEnough) {

    private static final double BYTES_PER_GIGABIT = 125e6;

    Sizing {
        topics = List.copyOf(topics);
        figures = List.copyOf(figures);
    }

    /**
     * @throws IllegalArgumentException if a topic keeps records forever, so that no number of brokers is enough, or if
     *     several lanes have state, so that the inputs are ambiguous
     */
    static Sizing of(Catalogue catalogue, Inputs inputs) {
        List<LaneSize> lanes = catalogue.lanes().stream()
                .map(lane -> new LaneSize(catalogue, inputs, lane))
                .toList();
        requireOneState(lanes);
        List<TopicSize> topics = catalogue.topics().stream()
                .map(topic -> new TopicSize(catalogue, inputs, topic))
                .toList();
        List<LaneState> states = lanes.stream()
                .map(lane -> lane.state(topics))
                .flatMap(Optional::stream)
                .toList();
        Brokers brokers = brokers(catalogue, inputs, topics, states);

        List<Figure> figures = new ArrayList<>(List.of(inputs.load().figure()));
        lanes.forEach(lane -> figures.addAll(lane.figures(topics)));
        figures.addAll(brokers.bounds());
        figures.add(brokers.figure());
        figures.addAll(brokers.each());
        figures.add(retention(brokers, inputs, topics));
        boolean isEnough = brokers.isEnough()
                && topics.stream().allMatch(TopicSize::isEnough)
                && lanes.stream().allMatch(LaneSize::isEnough);
        return new Sizing(catalogue.environment(), inputs, topics, figures, brokers, isEnough);
    }

    /** With two lanes, both states would be computed from the same inputs. */
    private static void requireOneState(List<LaneSize> lanes) {
        List<String> withState = lanes.stream()
                .filter(LaneSize::hasState)
                .map(lane -> lane.lane().name())
                .toList();
        if (withState.size() > 1) {
            throw new IllegalArgumentException("lanes " + String.join(", ", withState)
                    + " keep state, but --patients, --state-bytes, --put-bytes and --puts-per-record describe one lane:"
                    + " size each with a copy of the catalogue that has only that one");
        }
    }

    private static Brokers brokers(Catalogue catalogue, Inputs inputs, List<TopicSize> topics, List<LaneState> states) {
        int replication = catalogue.where().replication();
        double partitions = sum(topics, TopicSize::partitionsMade)
                + sum(states, state -> state.changelog().partitions());
        return new Brokers(
                sum(topics, TopicSize::written)
                        + sum(states, state -> state.changelog().written()),
                sum(topics, TopicSize::read) + sum(states, LaneState::read),
                sum(topics, topic -> topic.stored().value()) + sum(states, LaneState::stored),
                partitions * replication,
                replication,
                catalogue.where().brokers(),
                new Brokers.Limits(
                        inputs.of(SizeInput.NETWORK) * BYTES_PER_GIGABIT,
                        inputs.of(SizeInput.DISK_RATE) * Numbers.MB,
                        inputs.of(SizeInput.DISK) * Numbers.GB,
                        inputs.of(SizeInput.BROKER_PARTITIONS),
                        (int) inputs.of(SizeInput.SPARE_BROKERS)));
    }

    private static <T> double sum(List<T> of, ToDoubleFunction<T> what) {
        return of.stream().mapToDouble(what).sum();
    }

    /** One retention for all topics with deletion by age; the space of tables and changelogs does not depend on it. */
    private static Figure retention(Brokers brokers, Inputs inputs, List<TopicSize> topics) {
        List<TopicSize> byAge = topics.stream().filter(TopicSize::goesByAge).toList();
        double disks = brokers.count() * inputs.of(SizeInput.DISK) * Numbers.GB;
        double fixed = brokers.stored() - sum(byAge, topic -> topic.stored().value());
        double perDay = sum(byAge, TopicSize::written)
                * inputs.of(SizeInput.AVERAGE)
                * brokers.replication()
                * Numbers.SECONDS_PER_DAY;
        return new Figure(
                "retention that would fit",
                perDay == 0 ? 0 : Math.max(0, disks - fixed) / perDay,
                "days",
                Numbers.in(
                        "(disks - compacted topics and changelogs) / (written per day on average x replicas, of the others)"
                                + " = (%s - %s GB) / %s GB",
                        disks / Numbers.GB, fixed / Numbers.GB, perDay / Numbers.GB));
    }

    /** MB/s received in today's busiest hour, as the source documents count. */
    double megabytesPerSecond() {
        return inputs.of(SizeInput.RATE) * inputs.of(SizeInput.RECORD_BYTES) / Numbers.MB;
    }

    SourceDocuments.Milestone milestone() {
        return SourceDocuments.Milestone.at(megabytesPerSecond());
    }

    int mostPartitions() {
        return topics.stream()
                .mapToInt(topic -> topic.partitions().count())
                .max()
                .orElse(0);
    }
}
