package io.clinicalstreams.topics.export;

import io.clinicalstreams.topics.Catalogue;
import java.util.Locale;

/** Whom the catalogue is exported for. */
enum ExportFormat {
    /** {@code KafkaTopic} and {@code KafkaUser} resources for the Strimzi operators. */
    STRIMZI,
    /** A POSIX shell script that calls Kafka's own tools. */
    KAFKA_TOPICS,
    /** The table of the README. */
    MARKDOWN;

    /**
     * @param cluster the Kafka cluster's name, where the format needs one
     * @return ends with a line end
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
