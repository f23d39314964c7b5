package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.loadgen.send.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A generator as a source: record i is as sent at {@code start + i / rate}, whatever the clock's time when it is
 * generated, so the bytes depend on the settings alone.
 */
public final class GeneratorSource implements Source {

    /** As fast as possible, the records' clock advances a microsecond per record: never ahead of the real clock. */
    private static final double NANOS_UNPACED = 1_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Generator generator;
    private final Instant start;
    private final double nanosPerRecord;
    private final long limit;
    private final Consumer<Generated> observer;
    private long made;

    /**
     * Owns the generator.
     *
     * @param rate records per second, 0 for as fast as possible
     * @param limit number of records to generate
     */
    public GeneratorSource(Generator generator, Instant start, double rate, long limit) {
        this(generator, start, rate, limit, record -> {});
    }

    /**
     * The same with an observer.
     *
     * @param observer gets each record before it is sent, on the calling thread
     */
    public GeneratorSource(Generator generator, Instant start, double rate, long limit, Consumer<Generated> observer) {
        this.generator = generator;
        this.start = start;
        this.nanosPerRecord = rate == 0 ? NANOS_UNPACED : NANOS_PER_SECOND / rate;
        this.limit = limit;
        this.observer = observer;
    }

    @Override
    public @Nullable Outgoing next() {
        if (made == limit) {
            return null;
        }
        Instant at = start.plus(Duration.ofNanos((long) (made++ * nanosPerRecord)));
        Generated record = generator.next(at);
        observer.accept(record);
        return record.outgoing();
    }
}
