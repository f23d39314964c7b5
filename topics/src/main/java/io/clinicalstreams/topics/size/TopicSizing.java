package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;

/** Sizes single topics of a catalogue for a load. */
record TopicSizing(Catalogue catalogue, Inputs inputs, Shares shares, double load) {

    /** @throws IllegalArgumentException when it keeps records for ever, so that no disk is enough */
    TopicSize of(Topic topic) {
        double packing = new Packing(catalogue, inputs.of(SizeInput.PACKED)).of(topic);
        double bytes = inputs.of(SizeInput.RECORD_BYTES) * packing;
        double written = load * shares.share(topic.name()) * bytes;
        double onAverage = written * inputs.of(SizeInput.AVERAGE);
        return new TopicSize(
                topic.fullName(),
                alone(topic, mergedWith(topic)),
                packing,
                written,
                written * readers(topic),
                new KeptTopic(topic, shares, inputs.of(SizeInput.PATIENTS), onAverage, bytes).bytes(),
                topic.partitions(),
                SourceWorkload.ofProfile(topic.profile().name()));
    }

    private Partitions alone(Topic topic, int atLeast) {
        return new Partitions(
                load * shares.share(topic.name()), inputs.of(SizeInput.PRODUCER_RATE), slowestReader(topic), atLeast);
    }

    /** What the largest source needs that a lane merges with this one: they have equal partitions. */
    private int mergedWith(Topic topic) {
        int brokers = catalogue.where().brokers();
        return catalogue.lanes().stream()
                .filter(lane -> lane.sources().contains(topic))
                .flatMap(lane -> lane.sources().stream())
                .mapToInt(source -> alone(source, brokers).count())
                .max()
                .orElse(brokers);
    }

    /** Lanes that read it; groups beside them where no lane does. */
    private double readers(Topic topic) {
        long lanes = catalogue.lanes().stream()
                .filter(lane -> lane.sources().contains(topic))
                .count();
        return lanes > 0 ? lanes : inputs.of(SizeInput.READERS);
    }

    private double slowestReader(Topic topic) {
        return catalogue.lanes().stream()
                .filter(lane -> lane.sources().contains(topic))
                .mapToDouble(lane -> rateOf(lane, inputs))
                .min()
                .orElse(inputs.of(SizeInput.CONSUMER_RATE));
    }

    /** What one thread of a lane does: a lane with stores is as slow as the alerting lane. */
    static double rateOf(Lane lane, Inputs inputs) {
        return inputs.of(lane.stores().isEmpty() ? SizeInput.RECORDING_RATE : SizeInput.ALERTING_RATE);
    }
}
