package io.clinicalstreams.topics;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;

/** Says where a topic on a cluster is not as the catalogue wants it. */
final class TopicDrift {

    private TopicDrift() {}

    /** @return one sentence for each difference, for example {@code retention.ms is 1000, the catalogue says 2000} */
    static List<String> between(Topic wanted, TopicDescription actual, Config actualSettings) {
        List<String> differences = new ArrayList<>();
        compare(
                differences,
                "partitions",
                wanted.partitions(),
                actual.partitions().size());
        int replication = actual.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        compare(differences, "replication", wanted.replication(), replication);
        wanted.settings().plain().forEach((name, value) -> {
            ConfigEntry entry = actualSettings.get(name);
            compare(differences, name, value.strip(), entry == null ? "unknown to the broker" : entry.value());
        });
        return differences;
    }

    private static void compare(List<String> differences, String name, Object wanted, Object actual) {
        if (!String.valueOf(wanted).equals(String.valueOf(actual))) {
            differences.add(name + " is " + actual + ", the catalogue says " + wanted);
        }
    }
}
