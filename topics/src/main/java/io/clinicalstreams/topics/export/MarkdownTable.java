package io.clinicalstreams.topics.export;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.terminal.Retention;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/** The table of topics in the README. */
record MarkdownTable(Catalogue catalogue) {

    private static final String HEAD = """
            | topic | goal | profile | key | value | partitions | cleanup |
            |---|---|---|---|---|---|---|
            """;

    String text() {
        return HEAD + catalogue.topics().stream().map(MarkdownTable::row).collect(Collectors.joining());
    }

    private static String row(Topic topic) {
        return "| `%s` | %s | %s | %s | %s | %d | %s |\n"
                .formatted(
                        topic.fullName(),
                        cell(topic.goal()),
                        topic.profile().name(),
                        cell(topic.key()),
                        cell(topic.value()),
                        topic.partitions(),
                        cleanup(topic));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String cleanup(Topic topic) {
        String policy = topic.settings()
                .get(TopicConfig.CLEANUP_POLICY_CONFIG)
                .map(EffectiveSetting::value)
                .orElse(TopicConfig.CLEANUP_POLICY_DELETE);
        return topic.cleanup().isDeleted() ? policy + ", " + Retention.of(topic) : policy;
    }
}
