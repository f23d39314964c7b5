package io.clinicalstreams.topics.monitoring;

import io.clinicalstreams.topics.Catalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of {@code deploy/prometheus} that come from the catalogue and {@code monitoring/alerts.yaml}: Prometheus'
 * rules, promtool's tests of them, and a runbook with each alert's meaning and remedy.
 */
public record PrometheusFiles(Catalogue catalogue) {

    private static final String RULES = "rules.yaml";

    private static final String WRITTEN =
            "Written by 'topics export --format prometheus': edit the catalogue or topics/monitoring, not this file.";

    /** Text by file name. */
    public Map<String, String> texts() {
        MonitoringFile monitoring = MonitoringFile.load();
        Map<String, String> texts = new TreeMap<>();
        texts.put(RULES, PrometheusYaml.text(comment(), rules(monitoring)));
        texts.put("tests.yaml", PrometheusYaml.text(comment(), tests(monitoring)));
        texts.put("RUNBOOK.md", runbook(monitoring));
        return texts;
    }

    private String comment() {
        return "clinical-streams in " + catalogue.environment() + ". " + WRITTEN;
    }

    private Map<String, Object> rules(MonitoringFile monitoring) {
        List<Object> groups = new ArrayList<>();
        groups.add(group("objectives", new ObjectiveRules(catalogue).rules()));
        monitoring
                .byGroup()
                .forEach((name, alerts) ->
                        groups.add(group(name, alerts.stream().map(this::rule).toList())));
        return Map.of("groups", groups);
    }

    private static Map<String, Object> group(String name, List<Map<String, Object>> rules) {
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("name", "clinical-streams " + name);
        group.put("rules", rules);
        return group;
    }

    private Map<String, Object> rule(MonitoringAlert alert) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("alert", alert.name());
        rule.put("expr", alert.expr());
        if (alert.pending() != null) {
            rule.put("for", PrometheusYaml.duration(alert.pending()));
        }
        rule.put("labels", labels(alert, Map.of()));
        rule.put("annotations", alert.annotations(null));
        return rule;
    }

    private Map<String, String> labels(MonitoringAlert alert, Map<String, String> ofSeries) {
        Map<String, String> labels = new TreeMap<>(ofSeries);
        labels.put("environment", catalogue.environment());
        labels.put("severity", alert.severity().toString());
        return labels;
    }

    private Map<String, Object> tests(MonitoringFile monitoring) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("rule_files", List.of(RULES));
        file.put("evaluation_interval", "1m");
        file.put("tests", monitoring.alerts().stream().flatMap(this::tests).toList());
        return file;
    }

    private Stream<Map<String, Object>> tests(MonitoringAlert alert) {
        SamplePlaces places = SamplePlaces.of(catalogue);
        List<?> expected = List.of(expected(alert));
        Duration after = alert.fires().after();
        Optional<Map<String, String>> unscraped = alert.unscraped() == null ? Optional.empty() : Optional.of(Map.of());
        return Stream.of(
                        places.fill(alert.fires().series())
                                .map(samples -> test(alert, "fires", after, samples, expected)),
                        unscraped.map(none -> test(alert, "fires unscraped", after, none, expected)),
                        places.fill(alert.quiet().series())
                                .map(samples ->
                                        test(alert, "is quiet", alert.quiet().after(), samples, List.of())))
                .flatMap(Optional::stream);
    }

    private Map<String, Object> expected(MonitoringAlert alert) {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("exp_labels", labels(alert, alert.fires().labels()));
        expected.put("exp_annotations", alert.annotations(alert.fires().labels()));
        return expected;
    }

    private static Map<String, Object> test(
            MonitoringAlert alert, String what, Duration after, Map<String, String> samples, List<?> expected) {
        List<Object> series = new ArrayList<>();
        samples.forEach((name, values) -> {
            Map<String, String> input = new LinkedHashMap<>();
            input.put("series", name);
            input.put("values", values);
            series.add(input);
        });
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("eval_time", PrometheusYaml.duration(after));
        rule.put("alertname", alert.name());
        rule.put("exp_alerts", expected);
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("name", alert.name() + ' ' + what);
        test.put("interval", "1m");
        test.put("input_series", series);
        test.put("alert_rule_test", List.of(rule));
        return test;
    }

    private String runbook(MonitoringFile monitoring) {
        StringBuilder text = new StringBuilder(
                "# Runbook: the alerts of " + catalogue.environment() + "\n\n<!-- " + WRITTEN
                        + " -->\n\n**critical**: care is affected or soon will be; call now. **warning**: look at it today.\n");
        monitoring.byGroup().forEach((group, alerts) -> {
            text.append("\n## Group ").append(group).append('\n');
            alerts.forEach(alert -> append(alert, text));
        });
        return text.toString();
    }

    private static void append(MonitoringAlert alert, StringBuilder to) {
        to.append("\n### ").append(alert.name()).append("\n\n");
        to.append("**")
                .append(alert.severity())
                .append("**: ")
                .append(alert.summaryOfAny())
                .append(".\n\n");
        to.append("- For care: ").append(alert.meaning()).append('\n');
        to.append("- To do: ").append(alert.action()).append("\n\n");
        to.append("```\n").append(alert.expr()).append("```\n");
    }
}
