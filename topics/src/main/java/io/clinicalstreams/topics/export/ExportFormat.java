package io.clinicalstreams.topics.export;

import io.clinicalstreams.topics.Catalogue;
import java.util.Locale;

/** Whom the catalogue is exported for. */
enum ExportFormat {
    /** {@code KafkaTopic} and {@code KafkaUser} resources for the Strimzi operators. */
    STRIMZI {
        @Override
        String export(Catalogue catalogue, String cluster) {
            return new StrimziResources(catalogue, cluster).yaml();
        }
    },
    /** A POSIX shell script that calls Kafka's own tools. */
    KAFKA_TOPICS {
        @Override
        String export(Catalogue catalogue, String cluster) {
            return new ShellScript(catalogue).text();
        }
    },
    /** The table of the README. */
    MARKDOWN {
        @Override
        String export(Catalogue catalogue, String cluster) {
            return new MarkdownTable(catalogue).text();
        }
    };

    /**
     * @param cluster the Kafka cluster's name, where the format needs one
     * @return ends with a line end
     */
    abstract String export(Catalogue catalogue, String cluster);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
