package io.clinicalstreams.topics;

import java.util.List;

/**
 * An application that writes or reads topics and is no lane of ours: a gateway, a pager, an archive.
 *
 * @param name also its role, see {@link Environment#principalOf}
 * @param goal what it does with them, in one sentence
 * @param consumerGroups what the names of its consumer groups begin with, the environment's prefix included; of use only
 *     where it reads
 */
public record Client(String name, String goal, List<Topic> writes, List<Topic> reads, String consumerGroups) {

    public Client {
        writes = List.copyOf(writes);
        reads = List.copyOf(reads);
    }

    /** Whether it has consumer groups. */
    public boolean isReader() {
        return !reads.isEmpty();
    }
}
