package io.clinicalstreams.loadgen.result;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.problem.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The file of a run, which has its state of some seconds ago while it goes on, and beside it the latencies of each second
 * as an HdrHistogram log.
 */
public final class RunFile implements AutoCloseable {

    private static final String EXTENSION = ".json";

    private final Path file;
    private final Path logFile;
    private @Nullable IntervalLog log;
    private @Nullable String problem;
    private @Nullable String kept;

    /** @param file is replaced if it exists */
    public RunFile(Path file) {
        this.file = file;
        String name = file.getFileName().toString();
        String base = name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
        this.logFile = file.resolveSibling(base + ".hlog");
    }

    /**
     * Replaces what an earlier run left, in both files, before the first record is sent.
     *
     * @param startMillis of the run, since the epoch
     * @param nothingYet the result of a run that has sent nothing
     * @throws CommandException if one of the files cannot be written
     */
    void begin(String title, long startMillis, RunResult nothingYet) {
        Path written = file;
        try {
            ResultJson.replace(file, nothingYet);
            written = logFile;
            log = new IntervalLog(logFile, title, startMillis);
        } catch (IOException failed) {
            throw new CommandException(ExitCode.FAILURE, written + ": cannot be written: " + IoReason.of(failed));
        }
    }

    /** The state of a run. If it cannot be written, the file keeps the state before. */
    void keep(RunResult result) {
        try {
            ResultJson.replace(file, result);
            problem = null;
            kept = result.complete()
                    ? "the whole run"
                    : "the run until " + result.summary().seconds() + " s";
        } catch (IOException failed) {
            problem = file + ": cannot be written: " + IoReason.of(failed) + "; it has "
                    + (kept == null ? "nothing of this run" : kept);
        }
    }

    /** Latencies of the same span, in microseconds, by outcome. */
    void append(double fromSecond, double toSecond, Map<String, Histogram> latencies) {
        IntervalLog open = log;
        if (open != null) {
            latencies.forEach((outcome, micros) -> open.append(outcome, fromSecond, toSecond, micros));
        }
    }

    /** Why the file does not have the whole run; empty if it has. */
    public Optional<String> problem() {
        if (problem == null && log != null && log.isBroken()) {
            return Optional.of(logFile + ": some seconds could not be written");
        }
        return Optional.ofNullable(problem);
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
