package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import java.time.Duration;
import java.util.Comparator;

/** Sizes single topics of a catalogue for a load. */
record TopicSizing(Catalogue catalogue, Inputs inputs, NamedInputs named, DesignLoad load) {

    private static final double MILLIS_PER_DAY = 86_400_000;

    /** @throws IllegalArgumentException when it keeps records for ever, so that no disk is enough */
    TopicSize of(Topic topic) {
        Partitions partitions = alone(topic, mergedWith(topic));
        double packing = new Packing(catalogue, inputs.of(SizeInput.PACKED)).of(topic);
        double bytes = recordBytes(topic) * packing;
        double written = partitions.target() * bytes;
        double live = named.find(NamedInput.KEYS, topic.name()).orElse(0.0) * load.factor() * bytes;
        return new TopicSize(
                topic.fullName(),
                partitions,
                packing,
                written,
                written * readers(topic),
                new KeptTopic(
                                topic,
                                Math.max(topic.partitions(), partitions.count()),
                                live,
                                named.find(NamedInput.DAYS, topic.name()).map(TopicSizing::days),
                                written,
                                written * inputs.of(SizeInput.AVERAGE))
                        .stored(),
                !topic.cleanup().isTable(),
                topic.partitions(),
                SourceWorkload.ofProfile(topic.profile().name()));
    }

    private Partitions alone(Topic topic, AtLeast atLeast) {
        double ofPartitions = inputs.of(SizeInput.PARTITION_RATE_BYTES);
        return new Partitions(
                load.perSecond() * named.of(NamedInput.SHARE, topic.name()),
                recordBytes(topic),
                new WorkRate(inputs.of(SizeInput.PRODUCER_RATE), ofPartitions),
                slowestReader(topic, new WorkRate(inputs.of(SizeInput.CONSUMER_RATE), ofPartitions)),
                atLeast);
    }

    /** Unpacked. What a lane with state writes is made here; everything else is as large as what is received. */
    private double recordBytes(Topic topic) {
        boolean isMade = catalogue.lanes().stream()
                .anyMatch(lane -> !lane.stores().isEmpty() && lane.sinks().contains(topic));
        return inputs.of(isMade ? SizeInput.ALERT_BYTES : SizeInput.RECORD_BYTES);
    }

    /**
     * What the sources need that a lane merges, this one among them: they have equal partitions, and a thread of the lane
     * works off one partition of each.
     */
    private AtLeast mergedWith(Topic topic) {
        AtLeast brokers = AtLeast.brokers(catalogue.where().brokers());
        return catalogue.lanes().stream()
                .filter(lane -> lane.sources().contains(topic))
                .mapToInt(lane -> Math.max(largestAlone(lane, brokers), threadsOf(lane)))
                .max()
                .stream()
                .mapToObj(brokers::orMerged)
                .findFirst()
                .orElse(brokers);
    }

    private int largestAlone(Lane lane, AtLeast atLeast) {
        return lane.sources().stream()
                .mapToInt(source -> alone(source, atLeast).count())
                .max()
                .orElse(atLeast.partitions());
    }

    private int threadsOf(Lane lane) {
        double records = lane.sources().stream()
                .mapToDouble(source -> load.perSecond() * named.of(NamedInput.SHARE, source.name()))
                .sum();
        return Numbers.up(
                "partitions of merged topics", records / rateOf(lane).perSecond(inputs.of(SizeInput.RECORD_BYTES)));
    }

    /** Lanes that read it; groups beside them where no lane does. */
    private double readers(Topic topic) {
        long lanes = catalogue.lanes().stream()
                .filter(lane -> lane.sources().contains(topic))
                .count();
        return lanes > 0 ? lanes : inputs.of(SizeInput.READERS);
    }

    private WorkRate rateOf(Lane lane) {
        return named.rateOf(lane, inputs.of(SizeInput.LANE_RATE_BYTES));
    }

    private static Duration days(double days) {
        return Duration.ofMillis((long) (days * MILLIS_PER_DAY));
    }

    private WorkRate slowestReader(Topic topic, WorkRate others) {
        return catalogue.lanes().stream()
                .filter(lane -> lane.sources().contains(topic))
                .map(this::rateOf)
                .min(Comparator.comparingDouble(rate -> rate.perSecond(recordBytes(topic))))
                .orElse(others);
    }
}
