package io.clinicalstreams.loadgen.result;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The latencies of each second in HdrHistogram's log format, which its own tools read: one tag for each latency, values in
 * microseconds, maxima in milliseconds.
 */
final class IntervalLog implements AutoCloseable {

    private static final double MICROS_PER_MILLI = 1e3;

    private final PrintStream lines;
    private final HistogramLogWriter writer;

    /** @param startMillis of the first record, since the epoch */
    IntervalLog(Path file, String title, long startMillis) throws IOException {
        lines = new PrintStream(new FileOutputStream(file.toFile()), true, StandardCharsets.UTF_8);
        writer = new HistogramLogWriter(lines);
        writer.outputComment("[" + title + ": latencies from the intended send time in microseconds]");
        writer.outputLogFormatVersion();
        writer.outputStartTime(startMillis);
        writer.setBaseTime(startMillis);
        writer.outputLegend();
    }

    /** @param fromSecond from the first record */
    void append(String tag, double fromSecond, double toSecond, Histogram micros) {
        micros.setTag(tag);
        writer.outputIntervalHistogram(fromSecond, toSecond, micros, MICROS_PER_MILLI);
    }

    /** Whether lines could not be written; the log then lacks them. */
    boolean isBroken() {
        return lines.checkError();
    }

    @Override
    public void close() {
        writer.close();
    }
}
