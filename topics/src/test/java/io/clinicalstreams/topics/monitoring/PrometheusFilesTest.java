package io.clinicalstreams.topics.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.file.YamlReader;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problems;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for Prometheus: the committed files are the catalogue's, and each alert fires when it should, and only then. */
class PrometheusFilesTest {

    private static final Path COMMITTED = Path.of(System.getProperty("project.root", ".."), "deploy", "prometheus");

    private final Map<String, String> production = new PrometheusFiles(CatalogueLoader.load("production")).texts();

    @ParameterizedTest
    @ValueSource(strings = {"rules.yaml", "tests.yaml", "RUNBOOK.md"})
    void theCommittedFileIsWhatTheCommandWrites(String file) throws IOException {
        assertThat(Files.readString(COMMITTED.resolve(file)))
                .as("write it with: topics export --format prometheus -e production --directory deploy/prometheus")
                .isEqualTo(production.get(file));
    }

    @Test
    void eachObjectiveIsARule() {
        assertThat(production.get("rules.yaml").replaceAll("\\s+", " "))
                .contains(
                        "- record: \"cluster:brokers:objective\" expr: | vector(3)",
                        "- record: \"cluster:min_insync_replicas:objective\" expr: | vector(2)",
                        "objective\" expr: | vector(1) labels: lane: \"alerting\"",
                        "objective\" expr: | vector(10) labels: lane: \"recording\"",
                        "- record: \"pipeline:clinical_alert_latency_seconds:objective\" expr: | vector(0.1)",
                        "rate(clinical_alert_latency_seconds_bucket{le=\"0.1\"}[5m])",
                        "increase(clinical_resources_recorded_total{topic=\"clinical.observation.recorded\"}[15m])");
    }

    @Test
    void anotherEnvironmentHasItsOwn() {
        assertThat(new PrometheusFiles(CatalogueLoader.load("development"))
                        .texts()
                        .get("rules.yaml"))
                .contains("vector(1)", "environment: \"development\"")
                .doesNotContain("vector(3)", "production");
    }

    @Test
    void theObjectiveOfAlertsIsThatOfTheirTopicAsInTheirHistogram(@TempDir Path folder) throws IOException {
        CatalogueLoader.copy(folder);
        Files.writeString(folder.resolve("profiles/slower.yaml"), """
                name: slower
                extends: latency
                goal: Late.
                objectives: {alert-p99: PT0.2S, maximum-lag: PT1S}
                """);
        replace(folder, "catalogue/lanes/alerting.yaml", "profile: latency", "profile: slower");
        Catalogue catalogue = CatalogueLoader.load(folder, "production");

        assertThat(new PrometheusFiles(catalogue).texts().get("rules.yaml"))
                .contains("le=\"0.1\"")
                .doesNotContain("le=\"0.2\"");
        assertThat(new GrafanaFiles(catalogue).texts())
                .containsEntry(
                        "lanes.json",
                        new GrafanaFiles(CatalogueLoader.load("production"))
                                .texts()
                                .get("lanes.json"));
    }

    @ParameterizedTest
    @CsvSource({"PT15M, 15m", "PT90S, 90s", "PT6H, 6h", "PT72H, 3d", "PT0.5S, 500ms"})
    void writesDurationsAsPrometheusReadsThem(Duration duration, String text) {
        assertThat(PrometheusYaml.duration(duration)).isEqualTo(text);
    }

    @Test
    void anAlertWithoutASampleThatFiresItIsRefused() {
        String alert = """
                alerts:
                  - name: LaneLag
                    group: lanes
                    expr: up == 0
                    severity: warning
                    summary: s
                    meaning: m
                    action: a
                    quiet: {after: PT1M, series: {}}
                """;
        Problems problems = new Problems();

        assertThatThrownBy(() -> problems.orRefuse(
                        new YamlReader(problems).read(new CatalogueFile("alerts.yaml", alert), MonitoringFile.class)))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("alerts.LaneLag.fires: is missing");
    }

    @Test
    void eachAlertHasSamplesThatFireItAndSamplesThatDoNot() {
        List<String> names = MonitoringFile.load().alerts().stream()
                .flatMap(alert -> Stream.of(alert.name() + " fires", alert.name() + " is quiet"))
                .toList();

        assertThat(names)
                .allSatisfy(name -> assertThat(production.get("tests.yaml")).contains("- name: \"" + name + '"'));
    }

    @Test
    void samplesHaveTheEnvironmentsObjectives() {
        SamplePlaces places =
                new SamplePlaces(Map.of("brokers", BigDecimal.valueOf(3), "lag.alerting", BigDecimal.TEN));

        assertThat(places.fill(Map.of("up{instance=\"${1..brokers-1}\"}", "${0.15*lag.alerting}x10 ${lag.alerting}")))
                .contains(Map.of("up{instance=\"1\"}", "1.5x10 10.0", "up{instance=\"2\"}", "1.5x10 10.0"));
        assertThat(places.fill(Map.of("up", "${lag.recording}"))).isEmpty();
    }

    /** Prometheus' own tool evaluates the rules on the samples. */
    @ParameterizedTest
    @ValueSource(strings = {"production", "staging", "development"})
    void promtoolFindsEachAlertFiringAndQuiet(String environment, @TempDir Path folder)
            throws IOException, InterruptedException {
        assertPromtoolFinds(new PrometheusFiles(CatalogueLoader.load(environment)), folder);
    }

    @Test
    void promtoolFindsTheSameAfterAChangeOfTheObjectives(@TempDir Path folder, @TempDir Path catalogue)
            throws IOException, InterruptedException {
        CatalogueLoader.copy(catalogue);
        replace(catalogue, "profiles/latency.yaml", "alert-p99: PT0.1S", "alert-p99: PT0.2S");
        replace(catalogue, "profiles/latency.yaml", "maximum-lag: PT1S", "maximum-lag: PT5S");
        replace(catalogue, "profiles/throughput.yaml", "silence: PT15M", "silence: PT1H");
        replace(catalogue, "environments/production.yaml", "brokers: 3", "brokers: 5");

        assertPromtoolFinds(new PrometheusFiles(CatalogueLoader.load(catalogue, "production")), folder);
    }

    private static void assertPromtoolFinds(PrometheusFiles files, Path folder)
            throws IOException, InterruptedException {
        assumePromtool();
        for (Map.Entry<String, String> file : files.texts().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }

        assertThat(promtool(folder, "check", "rules", "rules.yaml")).contains("SUCCESS");
        assertThat(promtool(folder, "test", "rules", "tests.yaml")).contains("SUCCESS");
    }

    private static void replace(Path catalogue, String file, String text, String by) throws IOException {
        Path path = catalogue.resolve(file);
        assertThat(path).content().contains(text);
        Files.writeString(path, Files.readString(path).replace(text, by));
    }

    static void assumePromtool() {
        boolean found = List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
        assumeTrue(found, "promtool is not on the PATH (Debian: apt-get install prometheus): not checked");
    }

    static String promtool(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
