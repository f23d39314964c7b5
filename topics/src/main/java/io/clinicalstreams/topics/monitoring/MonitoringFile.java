package io.clinicalstreams.topics.monitoring;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.file.YamlReader;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** {@code monitoring/alerts.yaml}. */
record MonitoringFile(@JsonProperty(required = true) List<MonitoringAlert> alerts) {

    private static final String FOLDER = "monitoring";
    private static final String DASHBOARDS = "monitoring/dashboards";

    MonitoringFile {
        alerts.stream()
                .collect(Collectors.groupingBy(MonitoringAlert::name, Collectors.counting()))
                .forEach((name, count) -> {
                    if (count > 1) {
                        throw new IllegalArgumentException("alerts." + name + ": is duplicated");
                    }
                });
    }

    /** @throws CatalogueException if anything in it is wrong */
    static MonitoringFile load() {
        return Objects.requireNonNull(read(FOLDER, MonitoringFile.class).get("alerts"), "monitoring/alerts.yaml");
    }

    /**
     * The dashboards by name, sorted.
     *
     * @throws CatalogueException if anything in them is wrong
     */
    static Map<String, DashboardFile> dashboards() {
        return read(DASHBOARDS, DashboardFile.class);
    }

    private static <T> Map<String, T> read(String folder, Class<T> type) {
        Problems problems = new Problems();
        Map<String, T> contents = new LinkedHashMap<>();
        try (CatalogueFiles files = CatalogueFiles.onClassPath("clinical-streams", FOLDER)) {
            for (CatalogueFile file : files.in(folder, problems)) {
                new YamlReader(problems).read(file, type).ifPresent(content -> contents.put(file.stem(), content));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        problems.refuse();
        return contents;
    }

    /** In the order of the file. */
    Map<String, List<MonitoringAlert>> byGroup() {
        return alerts.stream()
                .collect(Collectors.groupingBy(MonitoringAlert::group, LinkedHashMap::new, Collectors.toList()));
    }
}
