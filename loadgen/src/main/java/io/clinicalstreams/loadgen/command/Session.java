package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.send.ProgressListener;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.terminal.OutputFormat;
import io.clinicalstreams.topics.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What both commands do with a source: send it, tell how it goes, stop on a signal, and print the summary. */
final class Session implements AutoCloseable {

    private static final int SENT = 0;
    private static final int FAILED = 1;
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Sender sender;
    private final @Nullable LatencyProbe probe;
    private final OutputFormat format;
    private final PrintWriter out;
    private final PrintWriter err;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread onSignal = new Thread(this::stop, "stop-sending");

    private Session(
            Sender sender, @Nullable LatencyProbe probe, OutputFormat format, PrintWriter out, PrintWriter err) {
        this.sender = sender;
        this.probe = probe;
        this.format = format;
        this.out = out;
        this.err = err;
    }

    /** @param clientSettings where the cluster is and how to get in */
    static Session open(
            Catalogue catalogue, Map<String, Object> clientSettings, OutputOptions output, CommandSpec command) {
        Sender sender = Sender.open(catalogue, clientSettings);
        LatencyProbe probe;
        try {
            probe = output.measure() ? LatencyProbe.open(catalogue, clientSettings) : null;
        } catch (RuntimeException notOpened) {
            sender.close();
            throw notOpened;
        }
        Session session = new Session(
                sender,
                probe,
                output.format(),
                command.commandLine().getOut(),
                command.commandLine().getErr());
        Runtime.getRuntime().addShutdownHook(session.onSignal);
        return session;
    }

    int partitions() {
        return sender.partitions();
    }

    /** Sends, waits for the last outputs where latency is measured, prints the summary, and returns the exit code. */
    int run(Source source, double rate, Duration duration) throws IOException, InterruptedException {
        ProgressListener progress = new ProgressLine(err, Terminal.isPresent());
        SendResult result = sender.run(source, rate, duration, progress);
        if (probe != null) {
            probe.awaitQuiet(QUIET, LONGEST_WAIT);
        }
        Summary summary = new Summary(result, probe == null ? null : probe.snapshot());
        out.print(format == OutputFormat.JSON ? summary.json() : summary.table());
        out.flush();
        result.problems().forEach(this::say);
        return summary.isWhole() ? SENT : FAILED;
    }

    /** A line for people. */
    void say(String line) {
        err.println(line);
        err.flush();
    }

    @Override
    public void close() {
        if (probe != null) {
            probe.close();
        }
        sender.close();
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
