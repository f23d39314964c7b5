package io.clinicalstreams.topics.file;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireText;

import io.clinicalstreams.topics.setting.KafkaNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code catalogue/clients/}.
 *
 * @param verifies lanes whose topics it reads and whose progress it follows, without its own consumer group
 * @param consumerGroups prefix of its consumer groups' names, if it is not its own name and a hyphen
 */
public record ClientFile(
        String name,
        String goal,
        List<String> writes,
        List<String> reads,
        List<String> verifies,
        @Nullable String consumerGroups)
        implements NamedFile {

    public ClientFile {
        all(() -> KafkaNames.requireLegal("name", requireText("name", name)), () -> requireText("goal", goal));
        if (writes.isEmpty() && reads.isEmpty() && verifies.isEmpty()) {
            throw new IllegalArgumentException(
                    "writes: must name at least one topic, here or under reads, or a lane under verifies");
        }
        if (consumerGroups != null) {
            KafkaNames.requireLegal("consumer-groups", requireText("consumer-groups", consumerGroups));
            if (reads.isEmpty()) {
                throw new IllegalArgumentException("consumer-groups: the client reads no topic, so it has no groups");
            }
        }
    }

    /** Prefix of its consumer groups' names, without the environment's prefix. */
    public String groupsBeginning() {
        return consumerGroups == null ? name + '-' : consumerGroups;
    }
}
