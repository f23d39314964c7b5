package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.result.RunSummary;
import io.clinicalstreams.verifier.RunVerdict;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The demo's result for the user: what became of every resource, and whether anything was lost.
 *
 * @param run what the system did meanwhile
 * @param silences alerts about the patient whose monitor falls silent
 * @param moved alerts that moved to the Patient that replaces a duplicate
 */
record DemoSummary(Report report, RunVerdict verdict, Measured measured, RunSummary run, long silences, long moved) {

    String text() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%n%,d resources in %,d records, %.1f s",
                report.sent(),
                measured.sent().records(),
                report.seconds());
        if (measured.sent().warmUp() > 0) {
            line(
                    text,
                    "  including %,d warm-up records, not in the latencies",
                    measured.sent().warmUp());
        }
        counts(text, "recorded", report.recorded());
        counts(text, "rejected", report.rejected());
        counts(text, "ignored", report.ignored());
        line(text, "  %-14s %,10d", "re-keyed", report.rekeyed());
        counts(text, "not evaluated", report.notEvaluated());
        line(
                text,
                "  %-14s %,10d   escalated %,d, resolved %,d, ended %,d, retracted %,d, suppressed %,d",
                "alerts raised",
                report.alerts().raised(),
                report.alerts().escalated(),
                report.alerts().resolved(),
                report.alerts().ended(),
                report.alerts().retracted(),
                report.alerts().suppressed());
        if (silences > 0) {
            line(text, "  %-14s %,10d   rule %s: nothing for 10 s", "silent patient", silences, ShownPatients.SILENCE);
        }
        if (moved > 0) {
            line(text, "  %-14s %,10d   alert moved to the Patient that replaces it", "duplicate", moved);
        }
        latency(text, "to alert", report.latencyMillis().alert());
        latency(text, "to recorded", report.latencyMillis().recorded());
        if (!measured.sent().keptSchedule()) {
            line(
                    text,
                    "  The generator fell behind (p99 %.0f ms late): latencies would be its own, not the lanes'.",
                    report.generatorLateMillis().p99());
        }
        if (!measured.isWhole()) {
            line(text, "  Measuring failed: %s", measured.seen().failure());
        }
        run.systemRows().forEach(row -> line(text, "  %-14s %s", row.name(), row.text()));
        verdict.broken().forEach(problem -> line(text, "  PROBLEM %s", problem));
        line(text, "");
        line(
                text,
                "%s: lost %,d, duplicated %,d, other problems %,d",
                verdict.isGood() ? "NOTHING LOST, NOTHING DUPLICATED" : "VERIFICATION FAILED",
                report.lost(),
                report.duplicated(),
                verdict.otherProblems());
        return text.toString();
    }

    private static void counts(StringBuilder text, String name, Map<String, Long> counts) {
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        line(text, "  %-14s %,10d", name, total);
        counts.forEach((what, count) -> line(text, "    %,12d   %s", count, what));
    }

    private static void latency(StringBuilder text, String name, Report.Percentiles millis) {
        if (millis.equals(Report.Percentiles.NONE)) {
            line(text, "  %-14s not measured", name);
            return;
        }
        line(
                text,
                "  %-14s p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, max %.1f ms",
                name,
                millis.p50(),
                millis.p99(),
                millis.p999(),
                millis.max());
    }

    private static void line(StringBuilder text, String template, @Nullable Object... values) {
        text.append(String.format(Locale.ROOT, template, values)).append(System.lineSeparator());
    }
}
