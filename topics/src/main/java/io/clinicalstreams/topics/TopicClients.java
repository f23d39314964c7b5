package io.clinicalstreams.topics;

import java.util.List;
import java.util.function.Function;

/**
 * The writers and readers of a topic. A lane's clients use the settings of the lane's profile. The producer and
 * consumer settings of the topic's profile are for the catalogue's clients, and for any client of a topic that no lane
 * writes or reads.
 */
public record TopicClients(Catalogue catalogue, Topic topic) {

    /** Lanes that write it. */
    public List<Lane> writers() {
        return lanesWith(Lane::sinks);
    }

    /** Lanes that have it as input. */
    public List<Lane> readers() {
        return lanesWith(Lane::sources);
    }

    /** Lanes that hold it in memory. Other clients may read it too. */
    public List<Lane> holders() {
        return lanesWith(Lane::references);
    }

    /** Whether any client uses the topic's own producer settings. */
    public boolean isWrittenByOthers() {
        return writers().isEmpty() || anyClient(Client::writes);
    }

    /** Whether any client uses the topic's own consumer settings. */
    public boolean isReadByOthers() {
        return readers().isEmpty() || anyClient(Client::reads);
    }

    private boolean anyClient(Function<Client, List<Topic>> topics) {
        return catalogue.clients().stream()
                .anyMatch(client -> topics.apply(client).contains(topic));
    }

    private List<Lane> lanesWith(Function<Lane, List<Topic>> topics) {
        return catalogue.lanes().stream()
                .filter(lane -> topics.apply(lane).contains(topic))
                .toList();
    }
}
