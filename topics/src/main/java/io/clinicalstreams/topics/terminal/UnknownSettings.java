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
 * Names among a client's settings that no Kafka client knows. They are ignored, so that a mistyped protocol speaks in
 * clear; and yet not wrong for sure, because plug-ins have settings of their own.
 */
final class UnknownSettings {

    private static final Set<String> KNOWN = known();

    /** What follows these prefixes is the user's choice. */
    private static final List<String> OPEN = List.of("config.providers.", "metrics.context.");

    private UnknownSettings() {}

    private static Set<String> known() {
        Set<String> all = new TreeSet<>(AdminClientConfig.configNames());
        all.addAll(ConsumerConfig.configNames());
        all.addAll(ProducerConfig.configNames());
        return all;
    }

    /** A line for each, with what may have been meant. */
    static List<String> among(Collection<String> names) {
        return names.stream()
                .filter(name -> !KNOWN.contains(name) && OPEN.stream().noneMatch(name::startsWith))
                .sorted()
                .map(UnknownSettings::line)
                .toList();
    }

    private static String line(String name) {
        String meant = Spelling.nearest(name, KNOWN)
                .map(known -> "; did you mean " + known + '?')
                .orElse("");
        return "Kafka's clients know no '" + name.replaceAll("\\p{Cntrl}", "?") + "'" + meant;
    }
}
