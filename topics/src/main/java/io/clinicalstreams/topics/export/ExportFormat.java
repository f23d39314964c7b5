package io.clinicalstreams.topics.export;

import io.clinicalstreams.topics.Catalogue;
import java.util.Locale;

/** The target of an export. */
enum ExportFormat {
    /** {@code KafkaTopic} and {@code KafkaUser} resources for the Strimzi operators. */
    STRIMZI,
    /** A POSIX shell script that calls Kafka's own tools. */
    KAFKA_TOPICS,
    /** The table in the README. */
    MARKDOWN;

    /**
     * @param cluster the Kafka cluster's name, if the format needs one
     * @return text that ends with a newline
     */
    String export(Catalogue catalogue, String cluster) {
        return switch (this) {
            case STRIMZI -> new StrimziResources(catalogue, cluster).yaml();
            case KAFKA_TOPICS -> new ShellScript(catalogue).text();
            case MARKDOWN -> new MarkdownTable(catalogue).text();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
