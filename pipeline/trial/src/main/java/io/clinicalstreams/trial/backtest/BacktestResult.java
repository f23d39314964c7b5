package io.clinicalstreams.trial.backtest;

import io.clinicalstreams.topics.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Several rule sets beside each other, as tables and as the fields of JSON. */
record BacktestResult(List<Backtest> backtests) {

    private record Figure(String name, Function<Backtest, String> text) {

        static Figure of(String name, Function<Measures, Object> value) {
            return new Figure(name, each -> String.valueOf(value.apply(each.measures())));
        }

        static Figure estimated(String name, Function<Measures, @Nullable Estimate> value) {
            return new Figure(name, each -> {
                Estimate estimate = value.apply(each.measures());
                return estimate == null ? "-" : estimate.toString();
            });
        }
    }

    private static final List<Figure> FIGURES = List.of(
            Figure.of("stays", Measures::stays),
            Figure.of("stays with an onset", Measures::onsets),
            Figure.of("patient-days", measures -> decimal(measures.patientDays())),
            Figure.of("patients alerted", Measures::patientsAlerted),
            Figure.estimated("alerts raised per 100 patient-days", Measures::alertsPer100Days),
            Figure.estimated("pages per 100 patient-days", Measures::pagesPer100Days),
            Figure.estimated("suppressed per 100 patient-days", Measures::suppressedPer100Days),
            Figure.estimated("sensitivity, %", Measures::sensitivity),
            Figure.estimated("PPV of stays, %", Measures::ppvOfStays),
            Figure.estimated("PPV of pages, %", Measures::ppvOfPages),
            Figure.estimated("median lead time, h", Measures::leadHours),
            new Figure(
                    "alerts added, lost, changed",
                    each -> each.count(Difference.Kind.ADDED) + ", " + each.count(Difference.Kind.LOST) + ", "
                            + each.count(Difference.Kind.CHANGED)));

    /** A column for each rule set. */
    Table overview() {
        Table table = new Table(row("FIGURE", Backtest::rules));
        FIGURES.forEach(figure -> table.row(row(figure.name, figure.text)));
        return table;
    }

    private String[] row(String first, Function<Backtest, String> cell) {
        List<String> cells = new ArrayList<>(List.of(first));
        backtests.forEach(each -> cells.add(cell.apply(each)));
        return cells.toArray(new String[0]);
    }

    /** By rule and severity; each count also per 100 patient-days. */
    Table byRule() {
        Table table =
                new Table("RULES", "RULE", "SEVERITY", "RAISED", "/100 D", "PAGES", "/100 D", "SUPPRESSED", "/100 D");
        for (Backtest each : backtests) {
            double days = each.measures().patientDays();
            for (Measures.RuleCounts counts : each.measures().byRule()) {
                table.row(
                        each.rules(),
                        counts.rule(),
                        counts.severity(),
                        Long.toString(counts.raised()),
                        decimal(100 * counts.raised() / days),
                        Long.toString(counts.pages()),
                        decimal(100 * counts.pages() / days),
                        Long.toString(counts.suppressed()),
                        decimal(100 * counts.suppressed() / days));
            }
        }
        return table;
    }

    /** Alert by alert. */
    static Table differences(Backtest backtest) {
        Table table = new Table("DIFFERENCE", "PATIENT", "RULE", "ALERT", "BEFORE", "AFTER");
        backtest.differences()
                .forEach(each -> table.row(
                        each.kind().toString(),
                        each.patient(),
                        each.rule(),
                        each.alertId(),
                        String.join("; ", each.before()),
                        String.join("; ", each.after())));
        return table;
    }

    static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    /** One object for each rule set. */
    List<Map<String, Object>> fields() {
        return backtests.stream().map(BacktestResult::fields).toList();
    }

    private static Map<String, Object> fields(Backtest backtest) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rules", backtest.rules());
        fields.put("measures", backtest.measures());
        fields.put("curve", backtest.curve());
        fields.put("differences", backtest.differences());
        fields.put("input", backtest.summary().fields());
        return fields;
    }
}
