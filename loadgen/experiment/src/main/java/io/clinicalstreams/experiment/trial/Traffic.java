package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Input that comes at a fixed rate until it is closed, on a thread of its own. */
record Traffic(Sender sender, CompletableFuture<SendResult> sending) implements AutoCloseable {

    private static final Duration WITHOUT_END = Duration.ofDays(1);

    static Traffic start(Sender sender, Source source, int rate) {
        return new Traffic(sender, CompletableFuture.supplyAsync(() -> {
            try {
                return sender.run(source, Schedule.of(rate, WITHOUT_END), progress -> {});
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }));
    }

    /** @throws CommandException if a record could not be sent */
    void requireSending() {
        if (sending.isDone()) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    "sending ended: " + String.join("; ", sending.join().problems()));
        }
    }

    @Override
    public void close() {
        sender.stop();
        SendResult unused = sending.join();
    }
}
