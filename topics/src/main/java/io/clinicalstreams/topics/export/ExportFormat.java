package io.clinicalstreams.topics.export;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.monitoring.GrafanaFiles;
import io.clinicalstreams.topics.monitoring.PrometheusFiles;
import java.util.Locale;
import java.util.Map;

/** The target of an export. */
enum ExportFormat {
    /** {@code KafkaTopic} and {@code KafkaUser} resources for the Strimzi operators. */
    STRIMZI,
    /** A POSIX shell script that calls Kafka's own tools. */
    KAFKA_TOPICS,
    /** The table in the README. */
    MARKDOWN,
    /** Recording and alert rules, their tests and their runbook. */
    PROMETHEUS,
    /** Dashboards. */
    GRAFANA;

    /**
     * @param cluster the Kafka cluster's name, if the format needs one
     * @return texts that end with a newline, by file name
     */
    Map<String, String> export(Catalogue catalogue, String cluster) {
        return switch (this) {
            case STRIMZI -> Map.of("topics.yaml", new StrimziResources(catalogue, cluster).yaml());
            case KAFKA_TOPICS -> Map.of("topics.sh", new ShellScript(catalogue).text());
            case MARKDOWN -> Map.of("topics.md", new MarkdownTable(catalogue).text());
            case PROMETHEUS -> new PrometheusFiles(catalogue).texts();
            case GRAFANA -> new GrafanaFiles(catalogue).texts();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
