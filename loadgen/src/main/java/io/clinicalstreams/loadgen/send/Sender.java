package io.clinicalstreams.loadgen.send;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a source's records on a fixed schedule and never skips a slot: when the system is slow, records are late, their
 * lateness is counted, and the header {@code sent-at} still says when they were meant to be sent. So a stall shows in the
 * latencies instead of thinning out the load.
 */
public final class Sender implements AutoCloseable {

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Producer<byte[], byte[]> producer;
    private final SizeLimit limit;
    private final Ticker ticker;
    private volatile boolean stopped;

    /** Takes over the producer and closes it. */
    public Sender(Producer<byte[], byte[]> producer, SizeLimit limit) {
        this(producer, limit, Ticker.system());
    }

    Sender(Producer<byte[], byte[]> producer, SizeLimit limit, Ticker ticker) {
        this.producer = producer;
        this.limit = limit;
        this.ticker = ticker;
    }

    /**
     * A sender to {@code clinical.resource.received} with the settings that the catalogue gives its producers.
     *
     * @param clientSettings where the cluster is and how to get in; they win over the catalogue's
     */
    public static Sender open(Catalogue catalogue, Map<String, ?> clientSettings) {
        Topic topic = catalogue.topic(TopicNames.RESOURCE_RECEIVED);
        Map<String, Object> settings = new HashMap<>(catalogue.producerSettings(topic));
        settings.putAll(clientSettings);
        SizeLimit limit = SizeLimit.of(topic.fullName(), catalogue.topicSettings(topic), settings);
        return new Sender(new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()), limit);
    }

    /** How many partitions the topic has on the cluster. */
    public int partitions() {
        return producer.partitionsFor(limit.topic()).size();
    }

    /** Ends the run under way after the record at hand; what was sent is still confirmed. From any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Sends until the source ends, the time is over, {@link #stop} is called or a record fails; then waits for the
     * confirmations.
     *
     * @param rate records per second, 0 for as fast as possible
     * @param duration how long to send; a record due exactly then is not sent
     */
    public SendResult run(Source source, double rate, Duration duration, ProgressListener listener) throws IOException {
        Schedule schedule = new Schedule(rate);
        Tally tally = new Tally();
        long longest = nanosOf(duration);
        long start = ticker.nanos();
        long startMicros = ticker.epochMicros();
        long nextProgress = start + PROGRESS_NANOS;
        for (long i = 0; !stopped && !tally.hasFailure(); i++) {
            long due = schedule.isPaced() ? schedule.dueNanos(i) : ticker.nanos() - start;
            if (due >= longest) {
                break;
            }
            Outgoing outgoing = source.next();
            if (outgoing == null) {
                break;
            }
            nextProgress = await(start, due, nextProgress, tally, listener);
            if (stopped) {
                break;
            }
            if (limit.admits(outgoing)) {
                if (schedule.isPaced()) {
                    tally.late(TimeUnit.NANOSECONDS.toMicros(ticker.nanos() - start - due));
                }
                send(outgoing, startMicros + TimeUnit.NANOSECONDS.toMicros(due), tally);
            } else {
                tally.refused(limit.refusal(outgoing, i + 1));
            }
        }
        producer.flush();
        return tally.result(seconds(start));
    }

    @Override
    public void close() {
        producer.close();
    }

    /** Waits until a record is due, telling the listener about once a second; returns when to tell it next. */
    private long await(long start, long due, long nextProgress, Tally tally, ProgressListener listener) {
        long next = nextProgress;
        while (true) {
            long now = ticker.nanos();
            if (now >= next) {
                listener.progress(tally.progress(seconds(start)));
                next = now + PROGRESS_NANOS;
            }
            long wait = start + due - now;
            if (wait <= 0 || stopped) {
                return next;
            }
            ticker.pause(Math.min(wait, LONGEST_PAUSE_NANOS));
        }
    }

    private void send(Outgoing outgoing, long sentAtMicros, Tally tally) {
        ProducerRecord<byte[], byte[]> sending =
                new ProducerRecord<>(limit.topic(), outgoing.partition(), outgoing.key(), outgoing.value());
        sending.headers().add(HeaderNames.SENT_AT, Long.toString(sentAtMicros).getBytes(StandardCharsets.US_ASCII));
        tally.sent(outgoing);
        try {
            Future<RecordMetadata> unused = producer.send(sending, (metadata, failure) -> {
                if (failure == null) {
                    tally.acknowledged();
                } else {
                    tally.failed(message(failure));
                }
            });
        } catch (KafkaException failure) {
            tally.failed(message(failure));
        }
    }

    /** Kafka's own errors speak of topics and times; what else a message says is not repeated. */
    private String message(Exception failure) {
        String name = failure.getClass().getSimpleName();
        String cause = failure instanceof ApiException ? name + ": " + failure.getMessage() : name;
        return "a record for " + limit.topic() + " was not delivered, " + cause;
    }

    private double seconds(long start) {
        return (ticker.nanos() - start) / 1e9;
    }

    /** A century where the duration is longer than nanoseconds can count. */
    private static long nanosOf(Duration duration) {
        Duration longest = Duration.ofDays(36_500);
        return (duration.compareTo(longest) > 0 ? longest : duration).toNanos();
    }
}
