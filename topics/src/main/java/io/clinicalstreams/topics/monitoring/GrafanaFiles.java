package io.clinicalstreams.topics.monitoring;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Objectives;
import io.clinicalstreams.topics.Profile;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.monitoring.DashboardFile.Panel;
import io.clinicalstreams.topics.monitoring.DashboardFile.Query;
import io.clinicalstreams.topics.monitoring.DashboardFile.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Grafana's dashboards: {@code monitoring/dashboards/} with the catalogue's lanes, topics and objectives. */
public record GrafanaFiles(Catalogue catalogue) {

    /**
     * What a row is written for.
     *
     * @param objectives of those that it is about
     * @param values for the places in its texts, by name
     */
    private record Subject(List<Objectives> objectives, Map<String, String> values) {

        String fill(String text) {
            String filled = text;
            for (Map.Entry<String, String> value : values.entrySet()) {
                filled = filled.replace("${" + value.getKey() + '}', value.getValue());
            }
            return filled;
        }

        Panel fill(Panel panel) {
            return new Panel(
                    fill(panel.title()),
                    fill(panel.description()),
                    panel.unit(),
                    panel.kind(),
                    panel.objective(),
                    panel.threshold(),
                    panel.below(),
                    panel.queries().stream()
                            .map(query -> new Query(fill(query.expr()), query.legend()))
                            .toList());
        }
    }

    /** Text by file name. */
    public Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        MonitoringFile.dashboards().forEach((name, file) -> texts.put(name + ".json", json(name, file)));
        return texts;
    }

    private String json(String name, DashboardFile file) {
        GrafanaDashboard dashboard = new GrafanaDashboard();
        for (Row row : file.rows()) {
            for (Subject subject : subjects(row)) {
                dashboard.addRow(subject.fill(row.title()));
                row.panels().forEach(panel -> dashboard.add(subject.fill(panel), limit(panel, subject)));
            }
        }
        return dashboard.json(name, file.title(), file.description());
    }

    private @Nullable Number limit(Panel panel, Subject subject) {
        Objective objective = panel.objective();
        if (objective == Objective.ALERT_P99) {
            return catalogue.alertObjective().map(Objective::inSeconds).orElse(null);
        }
        return objective == null
                ? panel.threshold()
                : subject.objectives().stream()
                        .flatMap(each -> objective.of(each).stream())
                        .findFirst()
                        .orElse(null);
    }

    private List<Subject> subjects(Row row) {
        if (row.each() == null) {
            return List.of(new Subject(
                    catalogue.lanes().stream()
                            .map(lane -> lane.profile().objectives())
                            .toList(),
                    Map.of("brokers", Integer.toString(catalogue.where().brokers()))));
        }
        return switch (row.each()) {
            case LANE -> catalogue.lanes().stream().map(GrafanaFiles::of).toList();
            case PROFILE ->
                catalogue.topics().stream()
                        .map(Topic::profile)
                        .distinct()
                        .map(this::of)
                        .toList();
        };
    }

    private static Subject of(Lane lane) {
        return new Subject(List.of(lane.profile().objectives()), Map.of("lane", lane.name()));
    }

    private Subject of(Profile profile) {
        Map<String, String> values = new HashMap<>();
        values.put("profile", profile.name());
        values.put("goal", profile.goal());
        values.put(
                "topics",
                catalogue.topics().stream()
                        .filter(topic -> topic.profile().equals(profile))
                        .map(topic -> topic.fullName().replace(".", "[.]"))
                        .collect(Collectors.joining("|")));
        return new Subject(List.of(profile.objectives()), values);
    }
}
