package io.clinicalstreams.topics.file;

import static io.clinicalstreams.topics.problem.Checks.requireText;

import io.clinicalstreams.topics.setting.KafkaNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code catalogue/clients/}.
 *
 * @param consumerGroups what the names of its consumer groups begin with, where that is not its own name and a hyphen
 */
public record ClientFile(
        String name,
        String goal,
        List<String> writes,
        List<String> reads,
        @Nullable String consumerGroups) implements NamedFile {

    public ClientFile {
        KafkaNames.requireLegal("name", requireText("name", name));
        requireText("goal", goal);
        if (writes.isEmpty() && reads.isEmpty()) {
            throw new IllegalArgumentException("writes: must name at least one topic, here or under reads");
        }
        if (consumerGroups != null) {
            KafkaNames.requireLegal("consumer-groups", requireText("consumer-groups", consumerGroups));
            if (reads.isEmpty()) {
                throw new IllegalArgumentException("consumer-groups: of no use to a client that reads nothing");
            }
        }
    }

    /** What the names of its consumer groups begin with, without the environment's prefix. */
    public String groupsBeginning() {
        return consumerGroups == null ? name + '-' : consumerGroups;
    }
}
