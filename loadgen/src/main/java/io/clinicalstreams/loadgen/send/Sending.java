package io.clinicalstreams.loadgen.send;

import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;

/** A run in progress: its clock and counts. Any thread sends; the starting thread reports progress. */
final class Sending {

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Target target;
    private final Schedule schedule;
    private final Ticker ticker;
    private final BooleanSupplier stopped;
    private final Consumer<SendResult> listener;
    private final Tally tally = new Tally();
    private final long start;
    private final long startMicros;
    private long nextProgress;

    Sending(Target target, Schedule schedule, Ticker ticker, BooleanSupplier stopped, Consumer<SendResult> listener) {
        this.target = target;
        this.schedule = schedule;
        this.ticker = ticker;
        this.stopped = stopped;
        this.listener = listener;
        this.start = ticker.nanos();
        this.startMicros = ticker.epochMicros();
        this.nextProgress = start + PROGRESS_NANOS;
    }

    Tally tally() {
        return tally;
    }

    /** Nanoseconds since the start. */
    long now() {
        return ticker.nanos() - start;
    }

    boolean isOver() {
        return stopped.getAsBoolean() || tally.hasFailure();
    }

    /** Reports to the listener about once a second. */
    void tell() {
        if (ticker.nanos() >= nextProgress) {
            listener.accept(soFar());
            nextProgress = ticker.nanos() + PROGRESS_NANOS;
        }
    }

    /** The counts, and the seconds since the start. */
    SendResult soFar() {
        return tally.result(now() / 1e9);
    }

    /** Waits briefly for another thread. */
    void pause() {
        ticker.pause(TimeUnit.MICROSECONDS.toNanos(50));
    }

    /**
     * Waits until the record is due and sends it, unless the run is over by then.
     *
     * @param whileWaiting runs repeatedly during the wait
     */
    void send(Producer<byte[], byte[]> producer, DueRecord turn, Runnable whileWaiting) {
        long due = schedule.isPaced() ? turn.due() : now();
        await(due, whileWaiting);
        if (isOver()) {
            return;
        }
        if (!target.limit().admits(turn.outgoing())) {
            tally.refused(target.limit().refusal(turn.outgoing(), turn.index() + 1));
            return;
        }
        boolean isMeasured = due >= schedule.measuredFrom();
        send(producer, turn.outgoing(), due, isMeasured);
        if (isMeasured && schedule.isPaced()) {
            // Afterwards: a producer blocks when its buffer is full or it lacks metadata, and that is lateness too.
            tally.late(TimeUnit.NANOSECONDS.toMicros(now() - due));
        }
    }

    /** After a run that ended before its source: counts what should have been sent by now and was not. */
    void countUnsent() {
        if (schedule.isPaced()) {
            long due = schedule.dueBefore(now() - TimeUnit.MICROSECONDS.toNanos(SendResult.BEHIND_MICROS));
            tally.notSent(due);
        }
    }

    SendResult result() {
        return tally.result(Math.max(0, now() - schedule.measuredFrom()) / 1e9);
    }

    /** A warm-up record has no {@code sent-at} header, so its outputs are not measured. */
    private void send(Producer<byte[], byte[]> producer, Outgoing outgoing, long due, boolean isMeasured) {
        ProducerRecord<byte[], byte[]> sending =
                new ProducerRecord<>(target.topic(), outgoing.partition(), outgoing.key(), outgoing.value());
        if (isMeasured) {
            long sentAt = startMicros + TimeUnit.NANOSECONDS.toMicros(due);
            sending.headers().add(HeaderNames.SENT_AT, Long.toString(sentAt).getBytes(StandardCharsets.US_ASCII));
        }
        tally.sent(outgoing, isMeasured);
        try {
            Future<RecordMetadata> unused = producer.send(sending, (metadata, failure) -> {
                if (failure != null) {
                    tally.failed(message(failure));
                } else if (target.isConfirming()) {
                    tally.acknowledged();
                    if (isMeasured) {
                        tally.produced(TimeUnit.NANOSECONDS.toMicros(now() - due));
                    }
                }
            });
        } catch (KafkaException failure) {
            tally.failed(message(failure));
        }
    }

    /** Kafka's errors name topics and times; other exceptions' messages may quote content and are omitted. */
    private String message(Exception failure) {
        String name = failure.getClass().getSimpleName();
        String cause = failure instanceof ApiException ? name + ": " + failure.getMessage() : name;
        return "a record for " + target.topic() + " was not confirmed, " + cause;
    }

    private void await(long due, Runnable whileWaiting) {
        whileWaiting.run();
        for (long wait = due - now(); wait > 0 && !stopped.getAsBoolean(); wait = due - now()) {
            ticker.pause(Math.min(wait, LONGEST_PAUSE_NANOS));
            whileWaiting.run();
        }
    }
}
