package io.clinicalstreams.topics.monitoring;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The catalogue's objectives as recording rules. Alerts compare with these series, so an alert's text is the same in all
 * environments. An objective without traffic is still a series: what is absent can be noticed.
 */
record ObjectiveRules(Catalogue catalogue) {

    /** Pairs of a long window, which shows that it matters, and a short one, which shows that it still lasts. */
    private static final List<Duration> WINDOWS = List.of(
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(3));

    /** As Prometheus' file has them. */
    List<Map<String, Object>> rules() {
        List<Map<String, Object>> rules = new ArrayList<>();
        rules.add(rule("cluster:brokers:objective", vector(catalogue.where().brokers()), Map.of()));
        rules.add(rule(
                "cluster:min_insync_replicas:objective",
                vector(catalogue.where().minInsyncReplicas()),
                Map.of()));
        for (Lane lane : catalogue.lanes()) {
            Duration lag = lane.profile().objectives().maximumLag();
            if (lag != null) {
                rules.add(rule(
                        "lane:clinical_lane_lag_seconds:objective",
                        vector(Objective.inSeconds(lag)),
                        Map.of("lane", lane.name())));
            }
        }
        catalogue.alertObjective().ifPresent(p99 -> addLatency(p99, rules));
        for (Topic topic : catalogue.topics()) {
            Duration silence = topic.profile().objectives().silence();
            if (silence != null) {
                rules.add(rule(
                        "topic:clinical_resources_recorded:increase_silence",
                        increase(topic.name(), silence),
                        Map.of("topic", topic.name())));
            }
        }
        return rules;
    }

    /**
     * No series unless the counter was there in most minutes of the window: after an outage of the lane or of Prometheus
     * it is not known whether the topic had records.
     */
    private static String increase(String topic, Duration silence) {
        String counter = "clinical_resources_recorded_total{topic=\"" + topic + "\"}";
        String window = PrometheusYaml.duration(silence);
        return """
                sum(increase(%s[%s]))
                  and count_over_time(sum(%s)[%s:1m]) >= %d
                """.formatted(counter, window, counter, window, silence.toMinutes() * 4 / 5);
    }

    private static void addLatency(Duration p99, List<Map<String, Object>> rules) {
        rules.add(
                rule("pipeline:clinical_alert_latency_seconds:objective", vector(Objective.inSeconds(p99)), Map.of()));
        rules.add(rule(
                "pipeline:clinical_alert_latency_seconds:p99_rate5m",
                "histogram_quantile(0.99, sum by (le) (rate(clinical_alert_latency_seconds_bucket[5m])))\n",
                Map.of()));
        for (Duration window : WINDOWS) {
            String range = PrometheusYaml.duration(window);
            rules.add(rule(
                    "pipeline:clinical_alert_latency_late:ratio_rate" + range,
                    """
                    1 - sum(rate(clinical_alert_latency_seconds_bucket{le="%s"}[%s]))
                      / sum(rate(clinical_alert_latency_seconds_count[%s]))
                    """.formatted(SamplePlaces.number(Objective.inSeconds(p99)), range, range),
                    Map.of()));
        }
    }

    private static Map<String, Object> rule(String name, String expr, Map<String, String> labels) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("record", name);
        rule.put("expr", expr);
        if (!labels.isEmpty()) {
            rule.put("labels", labels);
        }
        return rule;
    }

    private static String vector(Number value) {
        return "vector(" + value + ")\n";
    }
}
