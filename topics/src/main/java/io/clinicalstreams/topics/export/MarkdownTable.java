package io.clinicalstreams.topics.export;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.EffectiveSetting;
import io.clinicalstreams.topics.Topic;
import java.time.Duration;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/** The topics as the README shows them. */
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
        String policy = setting(topic, TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        String millis = setting(topic, TopicConfig.RETENTION_MS_CONFIG, "");
        return topic.cleanup().isDeleted() && !millis.isEmpty()
                ? policy + ", " + retention(Duration.ofMillis(Long.parseLong(millis)))
                : policy;
    }

    private static String retention(Duration retention) {
        if (retention.isNegative()) {
            return "never";
        }
        if (retention.toHoursPart() != 0 || retention.toDays() == 0) {
            return retention.toHours() + " h";
        }
        return retention.toDays() == 1 ? "1 day" : retention.toDays() + " days";
    }

    private static String setting(Topic topic, String name, String otherwise) {
        return topic.settings().get(name).map(EffectiveSetting::value).orElse(otherwise);
    }
}
