package io.clinicalstreams.topics.monitoring;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireLine;
import static io.clinicalstreams.topics.problem.Checks.requirePositive;
import static io.clinicalstreams.topics.problem.Checks.requireText;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An alert of Prometheus, and samples that show when it fires.
 *
 * @param expr PromQL, true for as long as something is wrong
 * @param pending how long before it alerts; null: at once
 * @param meaning what it means for care
 * @param action what to do
 * @param fires samples that cause it
 * @param unscraped null: it is quiet without any samples
 * @param quiet similar samples that do not
 */
record MonitoringAlert(
        String name,
        String group,
        String expr,
        @JsonProperty("for") @Nullable Duration pending,
        Severity severity,
        String summary,
        String meaning,
        String action,
        Example fires,
        @Nullable Unscraped unscraped,
        Example quiet) {

    private static final String NAME = "([A-Z][a-z0-9]+)+";
    private static final Pattern LABEL = Pattern.compile("\\{\\{ \\$labels\\.(\\w+) }}");

    MonitoringAlert {
        all(
                () -> requireLine("name", name),
                () -> requireLine("group", group),
                () -> requireText("expr", expr),
                () -> requirePositive("for", pending),
                () -> requireLine("summary", summary),
                () -> requireLine("meaning", meaning),
                () -> requireLine("action", action));
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("name: must be words such as LaneLag, was " + name);
        }
        if (!quiet.labels.isEmpty()) {
            throw new IllegalArgumentException("quiet.labels: there is no alert to have them");
        }
    }

    enum Severity {
        CRITICAL,
        WARNING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What it does without any samples. */
    enum Unscraped {
        FIRES
    }

    /**
     * Samples and their effect.
     *
     * @param after how long after the first samples
     * @param series values by series, one a minute, both in promtool's notation, with {@link SamplePlaces}
     * @param labels of the alert, without those that every alert has
     */
    record Example(
            Duration after,
            @JsonFormat Map<String, String> series,
            @JsonFormat Map<String, String> labels) {}

    /** @param values of labels; null to leave the places of labels to Prometheus */
    Map<String, String> annotations(@Nullable Map<String, String> values) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", fill(summary, values));
        annotations.put("description", meaning);
        annotations.put("action", action);
        annotations.put("runbook", "deploy/prometheus/RUNBOOK.md#" + name.toLowerCase(Locale.ROOT));
        return annotations;
    }

    /** The summary for readers who have no alert in front of them. */
    String summaryOfAny() {
        return LABEL.matcher(summary).replaceAll("*$1*");
    }

    private static String fill(String text, @Nullable Map<String, String> values) {
        return values == null ? text : LABEL.matcher(text).replaceAll(label -> values.getOrDefault(label.group(1), ""));
    }
}
