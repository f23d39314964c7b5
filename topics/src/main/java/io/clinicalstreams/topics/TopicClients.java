package io.clinicalstreams.topics;

import java.util.List;
import java.util.function.Function;

/**
 * Who writes and reads a topic. Lanes have clients of their own, with the settings of the lane's profile; so the
 * producer's and the consumer's settings of the topic's profile are those of the catalogue's other clients, and of any other client that
 * writes or reads what no lane does.
 */
public record TopicClients(Catalogue catalogue, Topic topic) {

    /** Lanes that write it. */
    public List<Lane> writers() {
        return lanesWith(Lane::sinks);
    }

    /** Lanes that have it as input. What lanes make of it is for others. */
    public List<Lane> readers() {
        return lanesWith(Lane::sources);
    }

    /** Lanes that hold it in memory. Others may read it too. */
    public List<Lane> holders() {
        return lanesWith(Lane::references);
    }

    /** Whether settings of the topic's own producer reach anybody. */
    public boolean isWrittenByOthers() {
        return writers().isEmpty() || anyClient(Client::writes);
    }

    /** Whether settings of the topic's own consumer reach anybody. */
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
