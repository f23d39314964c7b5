package io.clinicalstreams.experiment.command;

import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.result.Conclusion;
import io.clinicalstreams.experiment.result.LevelComparison;
import io.clinicalstreams.experiment.statistics.LevelFinding;
import io.clinicalstreams.topics.terminal.Table;
import java.util.Locale;

/** A conclusion in words and figures. */
final class ResultText {

    private ResultText() {}

    static String table(Experiment experiment, Conclusion conclusion) {
        Table table = new Table("FIGURE", "LEVEL", "MEDIAN", "CHANGE", "95 %", "VERDICT");
        conclusion.baselineMedians().forEach((metric, median) -> {
            String name = metric.id() + (metric == experiment.figure() ? " (decides)" : "");
            table.row(name, experiment.baseline(), figure(median, metric.unit()), "baseline", "", "");
            conclusion.comparisons().stream()
                    .filter(each -> each.figure() == metric)
                    .forEach(each -> table.row(
                            "",
                            each.level(),
                            figure(each.median(), metric.unit()),
                            percent(each.changePercent()),
                            percent(each.lowPercent()) + " to " + percent(each.highPercent()),
                            verdict(each)));
        });
        return table + System.lineSeparator() + rulers(experiment, conclusion);
    }

    /** {@code 5 ms: -12.3 % (-14.0 to -10.5), better}. */
    static String line(LevelComparison comparison) {
        return "%s: %s (%s to %s), %s"
                .formatted(
                        comparison.level(),
                        percent(comparison.changePercent()),
                        percent(comparison.lowPercent()),
                        percent(comparison.highPercent()),
                        verdict(comparison));
    }

    static String rulers(Experiment experiment, Conclusion conclusion) {
        StringBuilder drifts = new StringBuilder();
        conclusion
                .rulerDriftPercent()
                .forEach((metric, percent) -> drifts.append(String.format(
                        Locale.ROOT, "%s%s %.1f %%", drifts.isEmpty() ? "" : ", ", metric.id(), percent)));
        return "rulers drifted: " + drifts
                + (conclusion.isTooNoisy(experiment) ? "; machine too noisy, no verdict is kept" : "");
    }

    static String figure(double value, String unit) {
        return String.format(Locale.ROOT, value < 100 ? "%.2f %s" : "%,.0f %s", value, unit);
    }

    private static String verdict(LevelComparison comparison) {
        return comparison.finding() == LevelFinding.NO_CLEAR_DIFFERENCE && comparison.hiddenPercent() > 0
                ? String.format(
                        Locale.ROOT,
                        "%s (the spread hides up to %.0f %%)",
                        comparison.finding(),
                        comparison.hiddenPercent())
                : comparison.finding().toString();
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%+.1f %%", value);
    }
}
