package io.clinicalstreams.topics;

import java.util.List;
import java.util.function.Function;

/**
 * Who writes and reads a topic. Lanes have clients of their own, with the settings of the lane's profile; so the
 * producer's settings of the topic's profile hold where no lane writes it, and its consumer's settings for readers that
 * are no lane.
 */
public record TopicClients(Catalogue catalogue, Topic topic) {

    /** Lanes that write it. Whoever is no lane writes only what none of these does. */
    public List<Lane> writers() {
        return lanesWith(Lane::sinks);
    }

    /** Lanes that have it as input. Nobody else reads that: what lanes make of it is for others. */
    public List<Lane> readers() {
        return lanesWith(Lane::sources);
    }

    /** Lanes that hold it in memory. Others may read it too. */
    public List<Lane> holders() {
        return lanesWith(Lane::references);
    }

    /** Whether settings of the topic's own producer reach anybody. */
    public boolean isWrittenByOthers() {
        return writers().isEmpty();
    }

    /** Whether settings of the topic's own consumer reach anybody. */
    public boolean isReadByOthers() {
        return readers().isEmpty();
    }

    private List<Lane> lanesWith(Function<Lane, List<Topic>> topics) {
        return catalogue.lanes().stream()
                .filter(lane -> topics.apply(lane).contains(topic))
                .toList();
    }
}
