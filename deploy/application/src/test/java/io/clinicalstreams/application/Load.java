package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Sends input on its own thread until it is stopped. */
public final class Load implements AutoCloseable {

    private static final Duration WITHOUT_END = Duration.ofDays(1);
    private static final long CONFIRMED_WITHIN_SECONDS = 60;

    private final Sender sender;
    private final Source source;
    private final CompletableFuture<SendResult> result;

    private Load(Sender sender, Source source, CompletableFuture<SendResult> result) {
        this.sender = sender;
        this.source = source;
        this.result = result;
    }

    /** Takes ownership of sender and source. */
    static Load start(Sender sender, Source source, double rate) {
        CompletableFuture<SendResult> result = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return sender.run(source, Schedule.of(rate, WITHOUT_END), progress -> {});
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                },
                run -> new Thread(run, "load").start());
        return new Load(sender, source, result);
    }

    public boolean isFlowing() {
        return !result.isDone();
    }

    /** Stops it, waits for the confirmations, and asserts that each record was confirmed. */
    SendResult stop() {
        sender.stop();
        SendResult sent =
                result.orTimeout(CONFIRMED_WITHIN_SECONDS, TimeUnit.SECONDS).join();
        assertThat(sent.problems()).as("what the sender could not deliver").isEmpty();
        return sent;
    }

    @Override
    public void close() {
        sender.stop();
        try {
            SendResult unused =
                    result.orTimeout(CONFIRMED_WITHIN_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException failed) {
            // stop() has reported it, or the test has already failed.
        }
        sender.close();
        try {
            source.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
