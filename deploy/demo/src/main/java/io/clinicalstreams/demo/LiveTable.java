package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.measure.Latencies;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.measure.ProbeSnapshot;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The live table of the demo: redrawn in place on a terminal, one line every few seconds elsewhere. Counts are since
 * the start, rates over the last second. Hand-written: picocli prints colors, and moves no cursor.
 */
final class LiveTable {

    private static final String UP = "\033[%dA";
    private static final String CLEAR_LINE = "\033[2K";
    private static final int LINE_EVERY = 5;

    private final PrintWriter out;
    private final boolean terminal;
    private int drawn;
    private int ticks;
    private long lastSent;
    private long lastRecorded;
    private double lastSeconds;

    LiveTable(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** The table's values at one moment. */
    record Moment(double seconds, long sent, long recordingLag, long alertingLag, ProbeSnapshot seen) {

        long recorded() {
            return seen.records(LatencyProbe.RECORDED);
        }
    }

    void show(Moment moment) {
        double span = Math.max(0.001, moment.seconds() - lastSeconds);
        double sentRate = (moment.sent() - lastSent) / span;
        double recordedRate = (moment.recorded() - lastRecorded) / span;
        lastSent = moment.sent();
        lastRecorded = moment.recorded();
        lastSeconds = moment.seconds();
        if (terminal) {
            redraw(lines(moment, sentRate, recordedRate));
        } else if (ticks++ % LINE_EVERY == 0) {
            out.println(line(moment, sentRate, recordedRate));
        }
    }

    private void redraw(List<String> lines) {
        if (drawn > 0) {
            out.print(UP.formatted(drawn));
        }
        lines.forEach(line -> out.println(CLEAR_LINE + line));
        drawn = lines.size();
    }

    private static List<String> lines(Moment moment, double sentRate, double recordedRate) {
        Map<String, Long> severities = moment.seen().alertsBySeverity();
        return List.of(
                format("  %-22s %10s %10s %10s", "after %.0f s".formatted(moment.seconds()), "total", "per s", "lag"),
                format("  %-22s %,10d %,10.0f %10s", "records sent", moment.sent(), sentRate, ""),
                format(
                        "  %-22s %,10d %,10.0f %,10d",
                        "resources recorded", moment.recorded(), recordedRate, moment.recordingLag()),
                format(
                        "  %-22s %,10d %10s %,10d   high %,d  moderate %,d  low %,d",
                        "alert transitions",
                        moment.seen().records(LatencyProbe.ALERT),
                        "",
                        moment.alertingLag(),
                        severities.getOrDefault("high", 0L),
                        severities.getOrDefault("moderate", 0L),
                        severities.getOrDefault("low", 0L)),
                "  " + latency("latency to alert", moment.seen().latencies(LatencyProbe.ALERT)),
                "  " + latency("latency to recorded", moment.seen().latencies(LatencyProbe.RECORDED)));
    }

    private static String line(Moment moment, double sentRate, double recordedRate) {
        return format(
                "%4.0f s  sent %,d (%,.0f/s)  recorded %,d (%,.0f/s, lag %,d)  alerts %,d (lag %,d)  %s",
                moment.seconds(),
                moment.sent(),
                sentRate,
                moment.recorded(),
                recordedRate,
                moment.recordingLag(),
                moment.seen().records(LatencyProbe.ALERT),
                moment.alertingLag(),
                latency("to alert", moment.seen().latencies(LatencyProbe.ALERT)));
    }

    private static String latency(String name, Latencies latencies) {
        if (latencies.count() == 0) {
            return format("%-22s not measured yet", name);
        }
        return format("%-22s p50 %8.1f ms   p99 %8.1f ms", name, latencies.p50(), latencies.p99());
    }

    private static String format(String template, Object... values) {
        return String.format(Locale.ROOT, template, values);
    }
}
