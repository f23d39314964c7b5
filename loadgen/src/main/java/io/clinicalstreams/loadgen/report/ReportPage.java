package io.clinicalstreams.loadgen.report;

import static io.clinicalstreams.topics.terminal.HtmlText.escaped;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.TestBed;
import io.clinicalstreams.loadgen.result.RunResult;
import io.clinicalstreams.loadgen.result.RunSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One HTML page about results, which needs nothing else: no script, no network. */
final class ReportPage {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
            <link rel="icon" href="data:,"><title>Load report</title><style>
            :root { color-scheme: light dark; --back: #fff; --text: #1c2127; --soft: #5b6570; --rule: #d5dae0; --warm: #eef1f4;
              --c0: #0b66a8; --c1: #c2500a; --c2: #0a7d5a; --c3: #9a3f86; --c4: #8a6d00; --c5: #4f6d8f; --c6: #a02c2c; --c7: #555; --bad: #b3261e }
            @media (prefers-color-scheme: dark) { :root { --back: #14181d; --text: #e4e8ec; --soft: #9aa5b1; --rule: #323a43; --warm: #1e242b;
              --c0: #5cb3f0; --c1: #ff9a57; --c2: #3fd0a0; --c3: #e394d2; --c4: #e3c34a; --c5: #a3bfdd; --c6: #ff8a80; --c7: #bbb; --bad: #ff8a80 } }
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 1400px; padding: 0 1.5rem; color: var(--text); background: var(--back) }
            h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2rem }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 520px), 1fr)); gap: 1.5rem 2rem }
            figure { margin: 0; min-width: 0 } figure.wide { grid-column: 1 / -1; max-width: 1000px }
            figcaption { font-weight: 600; margin-bottom: .3rem } small, figure p { color: var(--soft); font-weight: 400 }
            svg.chart { width: 100%; height: auto; display: block } svg text { font-size: 12px; fill: var(--text) }
            text.x { text-anchor: middle; fill: var(--soft) } text.y { text-anchor: end; fill: var(--soft) } rect.warm { fill: var(--warm) } text.warm { fill: var(--soft) }
            .grid, .tick { stroke: var(--rule); fill: none } .zero { stroke: var(--soft); fill: none }
            .line { fill: none; stroke-width: 2; stroke-linejoin: round } .dashed { stroke-dasharray: 5 4; stroke-width: 1.5 }
            .k0 { stroke: var(--c0) } .k1 { stroke: var(--c1) } .k2 { stroke: var(--c2) } .k3 { stroke: var(--c3) }
            .k4 { stroke: var(--c4) } .k5 { stroke: var(--c5) } .k6 { stroke: var(--c6) } .k7 { stroke: var(--c7) }
            circle.k0 { fill: var(--c0) } circle.k1 { fill: var(--c1) }
            .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: .3rem 0 0; padding: 0; font-size: 13px }
            .legend svg { width: 26px; height: 8px; margin-right: .4rem }
            .scroll { overflow-x: auto } table { border-collapse: collapse; font-variant-numeric: tabular-nums }
            td, th { padding: .25rem .9rem .25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); font-weight: 400 }
            td { min-width: 12rem; max-width: 26rem; overflow-wrap: anywhere; white-space: pre-line } thead th { font-weight: 600 } tbody th { color: var(--soft); white-space: nowrap } .bad { color: var(--bad); font-weight: 600 }
            </style></head><body>
            <h1>Load report</h1>
            """;

    private final List<NamedRun> runs;
    private final List<ExperimentFigures> experiments;

    ReportPage(List<NamedRun> runs, List<ExperimentFigures> experiments) {
        this.runs = runs;
        this.experiments = experiments;
    }

    String text() {
        StringBuilder page = new StringBuilder(HEAD);
        List<String> charts = new ArrayList<>();
        if (!runs.isEmpty()) {
            summary(page);
            new RunDifferences(runs).chart().ifPresent(chart -> charts.add(chart.html(charts.size())));
            new RunCharts(runs).charts().forEach(chart -> charts.add(chart.html(charts.size())));
        }
        experiments.forEach(each -> charts.add(each.chart().html(charts.size())));
        page.append("<h2>Charts</h2>\n<div class=\"charts\">\n");
        charts.forEach(page::append);
        return page.append("</div>\n</body></html>\n").toString();
    }

    /** The figures of all runs side by side. */
    private void summary(StringBuilder page) {
        page.append("<h2>Summary</h2>\n<div class=\"scroll\"><table><thead><tr><th scope=\"col\">figure</th>");
        runs.forEach(each ->
                page.append("<th scope=\"col\">").append(escaped(each.name())).append("</th>"));
        page.append("</tr></thead><tbody>\n");
        Map<String, Function<RunResult, String>> rows = new LinkedHashMap<>();
        rows.put("state", ReportPage::state);
        rows.put("command", RunResult::run);
        rows.put("started", run -> run.started().toString());
        rows.put("ran on", run -> bed(run.testBed()));
        rows.put("settings", run -> joined(run.settings()));
        rows.put("throughput", run -> format("%,.0f records/s", run.summary().recordsPerSecond()));
        rows.put(
                "records",
                run -> format(
                        "%,d, %.3g %% errors",
                        run.summary().records(), run.summary().errorPercent()));
        rows.put(
                "generator late",
                run -> format(
                        "p99 %.1f ms, max %.1f ms",
                        run.summary().generatorLateMillis().p99(),
                        run.summary().generatorLateMillis().max()));
        runs.stream()
                .flatMap(each -> each.run().summary().latencyMillis().keySet().stream())
                .distinct()
                .forEach(outcome -> rows.put(
                        RunCharts.title(outcome) + " after",
                        run -> latency(run.summary().latencyMillis().get(outcome))));
        systemRows()
                .forEach(name -> rows.put(name, run -> run.summary().systemRows().stream()
                        .filter(row -> row.name().equals(name))
                        .map(RunSummary.Row::text)
                        .collect(Collectors.joining("\n"))));
        rows.put("verdict", run -> run.verdict() == null ? "not judged" : joined(new TreeMap<>(run.verdict())));
        rows.forEach((name, cell) -> {
            page.append("<tr><th scope=\"row\">").append(escaped(name)).append("</th>");
            runs.forEach(each -> {
                String text = cell.apply(each.run());
                page.append(isBad(name, text) ? "<td class=\"bad\">" : "<td>")
                        .append(escaped(text))
                        .append("</td>");
            });
            page.append("</tr>\n");
        });
        page.append("</tbody></table></div>\n");
    }

    private static boolean isBad(String row, String text) {
        return row.equals("state") && !text.equals("complete");
    }

    /** Names of processes, machine, lag and health, each once; errors have a row already. */
    private List<String> systemRows() {
        return runs.stream()
                .flatMap(each -> each.run().summary().systemRows().stream())
                .map(RunSummary.Row::name)
                .filter(name -> !name.equals("errors"))
                .distinct()
                .toList();
    }

    private static String state(RunResult run) {
        String state = run.complete() ? "complete" : "INCOMPLETE: " + run.incompleteBecause();
        List<String> invalid = run.summary().latencyInvalidBecause();
        return invalid.isEmpty() ? state : state + "; INVALID LATENCY: " + String.join("; ", invalid);
    }

    private static String bed(TestBed bed) {
        return "%s, %d cores, %d GiB, %s; %s; Kafka %s; commit %s"
                .formatted(
                        bed.machine().cpu(),
                        bed.machine().cores(),
                        bed.machine().memoryGib(),
                        bed.machine().os(),
                        bed.java(),
                        bed.kafka(),
                        bed.commit());
    }

    private static String joined(Map<String, ?> values) {
        return values.entrySet().stream()
                .map(each -> each.getKey() + '=' + each.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String latency(@Nullable Latencies latency) {
        return latency == null
                ? "not measured"
                : format(
                        "p50 %.1f, p95 %.1f, p99 %.1f, p99.9 %.1f, max %.1f ms",
                        latency.p50(), latency.p95(), latency.p99(), latency.p999(), latency.max());
    }

    private static String format(String template, Object... values) {
        return String.format(Locale.ROOT, template, values);
    }
}
