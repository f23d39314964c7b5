package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.measure.Lag;
import io.clinicalstreams.loadgen.measure.LatencyProbe;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;

/** Sends on a separate thread and draws the live table on the caller's thread until everything is sent. */
final class WatchedSending {

    private static final Duration TABLE_EVERY = Duration.ofSeconds(1);

    private final Sender sender;
    private final LatencyProbe probe;
    private final Lag recording;
    private final Lag alerting;
    private final LiveTable table;

    WatchedSending(Sender sender, LatencyProbe probe, Catalogue catalogue, Admin admin, PrintWriter err) {
        this.sender = sender;
        this.probe = probe;
        this.recording = Lag.of(admin, catalogue.lane("recording"), sender.partitions());
        this.alerting = Lag.of(admin, catalogue.lane("alerting"), sender.partitions());
        this.table = new LiveTable(err, Terminal.isPresent());
    }

    SendResult run(Source source, Schedule schedule) throws IOException, InterruptedException {
        AtomicLong sent = new AtomicLong();
        FutureTask<SendResult> result =
                new FutureTask<>(() -> sender.run(source, schedule, progress -> sent.set(progress.records())));
        new Thread(result, "sender").start();
        long start = System.nanoTime();
        while (true) {
            try {
                return result.get(TABLE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillSending) {
                show(sent.get(), start);
            } catch (ExecutionException failure) {
                if (failure.getCause() instanceof IOException unreadable) {
                    throw unreadable;
                }
                throw new IOException("sending failed", failure);
            }
        }
    }

    private void show(long sent, long start) {
        table.show(new LiveTable.Moment(
                (System.nanoTime() - start) / 1e9, sent, recording.records(), alerting.records(), probe.snapshot()));
    }
}
