package io.clinicalstreams.topics;

import java.util.List;

/**
 * An application other than a lane that writes or reads topics: a gateway, a pager, an archive.
 *
 * @param name also its role, see {@link Environment#principalOf}
 * @param goal what it does with them, in one sentence
 * @param verifies lanes whose topics it reads and whose progress it follows, without its own consumer group
 * @param consumerGroups prefix of its consumer groups' names, including the environment's prefix; used only if it reads
 */
public record Client(
        String name, String goal, List<Topic> writes, List<Topic> reads, List<Lane> verifies, String consumerGroups) {

    public Client {
        writes = List.copyOf(writes);
        reads = List.copyOf(reads);
        verifies = List.copyOf(verifies);
    }

    /** Whether it has consumer groups. */
    public boolean isReader() {
        return !reads.isEmpty();
    }
}
