package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.terminal.OutputFormat;
import io.clinicalstreams.topics.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Sends what a source gives, tells how it goes, stops on a signal, and prints the summary. */
final class Session implements AutoCloseable {

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Sender sender;
    private final @Nullable LatencyProbe probe;
    private final PrintWriter out;
    private final PrintWriter err;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread onSignal = new Thread(this::stop, "stop-sending");

    private Session(Sender sender, @Nullable LatencyProbe probe, CommandLine command) {
        this.sender = sender;
        this.probe = probe;
        this.out = command.getOut();
        this.err = command.getErr();
    }

    /** From here on a signal stops the sender. */
    static Session of(Sender sender, @Nullable LatencyProbe probe, CommandLine command) {
        Session session = new Session(sender, probe, command);
        Runtime.getRuntime().addShutdownHook(session.onSignal);
        return session;
    }

    /**
     * Sends, waits for the last outputs where latency is measured, prints the summary, and returns the exit code.
     *
     * @param settings what was asked for, and the producer's settings, by name; for the summary
     */
    int run(Source source, Schedule schedule, Map<String, Object> settings, OutputFormat format)
            throws IOException, InterruptedException {
        SendResult result = sender.run(source, schedule, new ProgressLine(err, Terminal.isPresent()));
        if (probe != null) {
            probe.awaitQuiet(QUIET, LONGEST_WAIT);
        }
        Summary summary = new Summary(
                settings, sender.effectiveSettings(), schedule, result, probe == null ? null : probe.snapshot());
        out.print(format == OutputFormat.JSON ? summary.json() : summary.table());
        out.flush();
        result.problems().forEach(this::say);
        return summary.exitCode();
    }

    /** A line for people. */
    void say(String line) {
        err.println(line);
        err.flush();
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException shuttingDown) {
            // The hook is what is waiting for us.
        }
    }

    /** Lets the run end and print its summary before the process goes. */
    private void stop() {
        sender.stop();
        try {
            if (!over.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                say("loadgen: gave up waiting for the last confirmations");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
