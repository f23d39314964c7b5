package io.clinicalstreams.topics.terminal;

import io.clinicalstreams.topics.setting.Spelling;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Client settings that no Kafka client knows. Kafka ignores them, so a mistyped protocol would connect in plaintext;
 * but they may be right, because plug-ins have their own settings.
 */
final class UnknownSettings {

    private static final Set<String> KNOWN = known();

    /** After these prefixes users choose the names. */
    private static final List<String> OPEN = List.of("config.providers.", "metrics.context.");

    private UnknownSettings() {}

    private static Set<String> known() {
        Set<String> all = new TreeSet<>(AdminClientConfig.configNames());
        all.addAll(ConsumerConfig.configNames());
        all.addAll(ProducerConfig.configNames());
        return all;
    }

    /** One line for each, with the most similar known name. */
    static List<String> among(Collection<String> names) {
        return names.stream()
                .filter(name -> !KNOWN.contains(name) && OPEN.stream().noneMatch(name::startsWith))
                .sorted()
                .map(UnknownSettings::line)
                .toList();
    }

    private static String line(String name) {
        return "unknown to Kafka's clients: '" + name.replaceAll("\\p{Cntrl}", "?") + "'"
                + Spelling.suggestion(name, KNOWN);
    }
}
