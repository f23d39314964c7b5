package io.clinicalstreams.topics.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.topics.monitoring.DashboardFile.Kind;
import io.clinicalstreams.topics.monitoring.DashboardFile.Panel;
import io.clinicalstreams.topics.monitoring.DashboardFile.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dashboard as Grafana's JSON, panels three in a row. The reader of the dashboard chooses the data source. */
final class GrafanaDashboard {

    /** Of Grafana 12; an older Grafana reads it, a newer one migrates it. */
    private static final int SCHEMA_VERSION = 41;

    private static final int COLUMNS = 24;
    private static final int PANEL_WIDTH = 8;
    private static final int PANEL_HEIGHT = 8;

    private static final String TAG = "clinical-streams";
    private static final Map<String, Object> DATA_SOURCE = ordered("type", "prometheus", "uid", "${datasource}");

    private final List<Object> panels = new ArrayList<>();
    private int left;
    private int top;

    /** A line under all panels so far, with a title. */
    void addRow(String title) {
        endLine();
        panels.add(ordered(
                "type",
                "row",
                "id",
                panels.size() + 1,
                "title",
                title,
                "collapsed",
                false,
                "gridPos",
                ordered("h", 1, "w", COLUMNS, "x", 0, "y", top),
                "panels",
                List.of()));
        top++;
    }

    /** @param limit values from this are red; null if none are */
    void add(Panel panel, @Nullable Number limit) {
        if (left + PANEL_WIDTH > COLUMNS) {
            endLine();
        }
        boolean isStat = panel.kind() == Kind.STAT;
        panels.add(ordered(
                "type", isStat ? "stat" : "timeseries",
                "id", panels.size() + 1,
                "title", panel.title(),
                "description", panel.description(),
                "gridPos", ordered("h", PANEL_HEIGHT, "w", PANEL_WIDTH, "x", left, "y", top),
                "datasource", DATA_SOURCE,
                "targets", targets(panel.queries()),
                "fieldConfig", ordered("defaults", defaults(panel, isStat, limit), "overrides", List.of()),
                "options", isStat ? stat() : timeSeries()));
        left += PANEL_WIDTH;
    }

    private void endLine() {
        top += left == 0 ? 0 : PANEL_HEIGHT;
        left = 0;
    }

    /** @param name unique among dashboards, the same in each version */
    String json(String name, String title, String description) {
        Map<String, Object> dashboard = ordered(
                "uid",
                TAG + '-' + name,
                "title",
                TAG + ": " + title,
                "description",
                description,
                "tags",
                List.of(TAG),
                "schemaVersion",
                SCHEMA_VERSION,
                "version",
                1,
                "editable",
                true,
                "graphTooltip",
                1,
                "refresh",
                "30s",
                "time",
                ordered("from", "now-1h", "to", "now"),
                "timezone",
                "browser",
                "annotations",
                ordered("list", List.of()),
                "links",
                List.of(links()),
                "templating",
                ordered("list", List.of(dataSources())),
                "panels",
                panels);
        try {
            return new ObjectMapper()
                            .writer(new DefaultPrettyPrinter()
                                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                                    .withArrayIndenter(new DefaultIndenter("  ", "\n")))
                            .writeValueAsString(dashboard)
                    + '\n';
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of text can be written", impossible);
        }
    }

    private static Map<String, Object> links() {
        return ordered(
                "type",
                "dashboards",
                "title",
                TAG,
                "tags",
                List.of(TAG),
                "asDropdown",
                true,
                "includeVars",
                true,
                "keepTime",
                true);
    }

    private static Map<String, Object> dataSources() {
        return ordered("type", "datasource", "name", "datasource", "label", "Data source", "query", "prometheus");
    }

    private static List<Object> targets(List<Query> queries) {
        List<Object> targets = new ArrayList<>();
        for (Query query : queries) {
            targets.add(ordered(
                    "refId",
                    String.valueOf((char) ('A' + targets.size())),
                    "datasource",
                    DATA_SOURCE,
                    "editorMode",
                    "code",
                    "expr",
                    query.expr(),
                    "legendFormat",
                    query.legend(),
                    "range",
                    true));
        }
        return targets;
    }

    private static Map<String, Object> defaults(Panel panel, boolean isStat, @Nullable Number limit) {
        List<Object> steps = new ArrayList<>();
        if (panel.below() != null) {
            steps.add(step("red", null));
            steps.add(step("green", panel.below()));
        } else {
            steps.add(step("green", null));
            if (limit != null) {
                steps.add(step("red", limit));
            }
        }
        Map<String, Object> defaults = ordered(
                "unit", panel.unit(),
                "min", 0,
                "color", ordered("mode", isStat ? "thresholds" : "palette-classic"),
                "thresholds", ordered("mode", "absolute", "steps", steps));
        if (!isStat) {
            defaults.put(
                    "custom",
                    ordered(
                            "drawStyle",
                            "line",
                            "lineWidth",
                            1,
                            "fillOpacity",
                            10,
                            "showPoints",
                            "never",
                            "thresholdsStyle",
                            ordered("mode", steps.size() > 1 ? "line" : "off")));
        }
        return defaults;
    }

    private static Map<String, Object> step(String color, @Nullable Number from) {
        Map<String, Object> step = ordered("color", color);
        step.put("value", from);
        return step;
    }

    private static Map<String, Object> stat() {
        return ordered(
                "colorMode", "value",
                "graphMode", "area",
                "justifyMode", "auto",
                "orientation", "auto",
                "textMode", "auto",
                "reduceOptions", ordered("calcs", List.of("lastNotNull"), "fields", "", "values", false));
    }

    private static Map<String, Object> timeSeries() {
        return ordered(
                "legend", ordered("displayMode", "list", "placement", "bottom", "showLegend", true),
                "tooltip", ordered("mode", "multi", "sort", "desc"));
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
