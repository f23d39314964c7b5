package io.clinicalstreams.topics.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards: the committed files are the catalogue's, with its objectives as lines. */
class GrafanaFilesTest {

    private static final Path COMMITTED = Path.of(System.getProperty("project.root", ".."), "deploy", "grafana");

    private final Map<String, String> production = new GrafanaFiles(CatalogueLoader.load("production")).texts();

    @Test
    void theCommittedFilesAreWhatTheCommandWrites() throws IOException {
        Map<String, String> committed = new TreeMap<>();
        try (Stream<Path> files = Files.list(COMMITTED)) {
            for (Path file : files.toList()) {
                committed.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }

        assertThat(committed)
                .as("write them with: topics export --format grafana -e production --directory deploy/grafana")
                .isEqualTo(production);
    }

    @Test
    void aLineStandsAtTheObjective() throws IOException {
        assertThat(limit("lanes.json", "Alert latency")).isEqualTo(0.1);
        assertThat(limit("lanes.json", "Lag of alerting")).isEqualTo(1);
        assertThat(limit("lanes.json", "Lag of recording")).isEqualTo(10);
        assertThat(limit("source-documents.json", "Consumer Lag")).isEqualTo(1_000);
    }

    @Test
    void eachGoalHasARowWithItsTopics() {
        assertThat(production.get("topics.json"))
                .contains(
                        "Records into the topics of latency", "clinical[.]alert[.]generated", "clinical[.]observation");
    }

    @Test
    void promtoolReadsTheQueryOfEachPanel(@TempDir Path folder) throws IOException, InterruptedException {
        PrometheusFilesTest.assumePromtool();
        StringBuilder rules = new StringBuilder("groups: [{name: panels, rules: [");
        for (String dashboard : production.values()) {
            for (JsonNode query : new ObjectMapper().readTree(dashboard).findValues("expr")) {
                String expr = query.toString().replace("$__rate_interval", "5m");
                rules.append("{record: panel, labels: {at: \"")
                        .append(rules.length())
                        .append("\"}, expr: ")
                        .append(expr)
                        .append("},\n");
            }
        }
        Files.writeString(folder.resolve("panels.yaml"), rules.append("]}]\n"));

        assertThat(PrometheusFilesTest.promtool(folder, "check", "rules", "panels.yaml"))
                .contains("SUCCESS");
    }

    private double limit(String file, String title) throws IOException {
        JsonNode panels = new ObjectMapper().readTree(production.get(file)).path("panels");
        return StreamSupport.stream(panels.spliterator(), false)
                .filter(panel -> panel.path("title").asText().equals(title))
                .findFirst()
                .orElseThrow()
                .at("/fieldConfig/defaults/thresholds/steps/1/value")
                .asDouble();
    }
}
