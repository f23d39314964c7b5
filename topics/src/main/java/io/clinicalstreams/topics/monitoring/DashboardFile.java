package io.clinicalstreams.topics.monitoring;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireLine;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of {@code monitoring/dashboards/}. */
record DashboardFile(
        String title,
        String description,
        @JsonProperty(required = true) List<Row> rows) {

    DashboardFile {
        all(() -> requireLine("title", title), () -> requireLine("description", description));
    }

    /** What a row is repeated for. */
    enum Each {
        LANE,
        /** Of the catalogue's topics. */
        PROFILE
    }

    enum Kind {
        TIMESERIES,
        /** The last value, large. */
        STAT
    }

    /**
     * Panels under one title.
     *
     * @param each the row is written once for each; null: once
     */
    record Row(
            String title,
            @Nullable Each each,
            @JsonProperty(required = true) List<Panel> panels) {}

    /**
     * One panel.
     *
     * @param unit as Grafana calls it
     * @param kind null: time series
     * @param objective of the lane or profile that the row is for, or of any lane that has it: values above it are red
     * @param threshold values from this are red
     * @param below values below this are red
     */
    record Panel(
            String title,
            String description,
            String unit,
            @Nullable Kind kind,
            @Nullable Objective objective,
            @Nullable Double threshold,
            @Nullable Double below,
            @JsonProperty(required = true) List<Query> queries) {

        Panel {
            all(() -> requireLine("title", title), () -> requireLine("description", description));
        }
    }

    /** @param legend with places for labels, in Grafana's notation */
    record Query(String expr, String legend) {}
}
