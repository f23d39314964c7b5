package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.send.SendResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;

/** Progress as lines on stderr: once a second on a terminal, every ten seconds in a log. */
final class ProgressLine implements Consumer<SendResult> {

    private static final double LOG_SECONDS = 10;

    private final PrintWriter err;
    private final boolean terminal;
    private double nextSeconds;
    private long lastRecords;
    private double lastSeconds;

    ProgressLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
        this.nextSeconds = terminal ? 0 : LOG_SECONDS;
    }

    @Override
    public void accept(SendResult progress) {
        if (progress.seconds() < nextSeconds) {
            return;
        }
        nextSeconds = terminal ? 0 : progress.seconds() + LOG_SECONDS;
        double passed = Math.max(1e-3, progress.seconds() - lastSeconds);
        double rate = (progress.records() - lastRecords) / passed;
        err.println(String.format(
                Locale.ROOT,
                "%6.0f s  %,d sent (" + (rate < 10 ? "%.2g" : "%,.0f") + "/s), %,d confirmed, late p99 %.1f ms",
                progress.seconds(),
                progress.records(),
                rate,
                progress.acknowledged(),
                progress.lateMillis(99)));
        err.flush();
        lastRecords = progress.records();
        lastSeconds = progress.seconds();
    }
}
