package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.StopSignal;
import io.clinicalstreams.topics.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Sends a source's records, reports progress, stops on a signal, and prints the summary. */
final class Session implements AutoCloseable {

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Sender sender;
    private final @Nullable LatencyProbe probe;
    private final PrintWriter err;
    private final StopSignal signal;

    private Session(Sender sender, @Nullable LatencyProbe probe, CommandLine command) {
        this.sender = sender;
        this.probe = probe;
        this.err = command.getErr();
        this.signal = StopSignal.telling(sender::stop, LONGEST_WAIT);
    }

    /** From now on a signal stops the sender. */
    static Session of(Sender sender, @Nullable LatencyProbe probe, CommandLine command) {
        return new Session(sender, probe, command);
    }

    /**
     * Sends, waits for the last outputs where latency is measured, prints the summary, and returns the exit code.
     *
     * @param settings the requested settings by name, for the summary
     */
    ExitCode run(Source source, Schedule schedule, Map<String, Object> settings, OutputOption output)
            throws IOException, InterruptedException {
        SendResult result = sender.run(source, schedule, new ProgressLine(err, Terminal.isPresent()));
        if (probe != null) {
            probe.awaitQuiet(QUIET, LONGEST_WAIT);
        }
        Summary summary = new Summary(
                settings, sender.effectiveSettings(), schedule, result, probe == null ? null : probe.snapshot());
        output.print(() -> summary.table().stripTrailing(), summary::fields);
        result.problems().forEach(this::say);
        return summary.exitCode();
    }

    /** Prints a line for the user. */
    void say(String line) {
        err.println(line);
        err.flush();
    }

    @Override
    public void close() {
        signal.close();
    }
}
