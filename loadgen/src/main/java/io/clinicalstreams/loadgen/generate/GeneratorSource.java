package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.loadgen.send.Source;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A generator as a source: record i is as sent when the load has it due, whatever the clock's time when it is
 * generated, so the bytes depend on the settings alone.
 */
public final class GeneratorSource implements Source {

    /** As fast as possible, the records' clock advances a microsecond per record: never ahead of the real clock. */
    private static final long NANOS_UNPACED = 1_000;

    private final Generator generator;
    private final Instant start;
    private final RateCurve load;
    private final long limit;
    private final Consumer<Generated> observer;
    private long made;

    /**
     * Owns the generator.
     *
     * @param load when each record is due, from which its times derive
     * @param limit number of records to generate
     */
    public GeneratorSource(Generator generator, Instant start, RateCurve load, long limit) {
        this(generator, start, load, limit, record -> {});
    }

    /**
     * The same with an observer.
     *
     * @param observer gets each record before it is sent, on the calling thread
     */
    public GeneratorSource(
            Generator generator, Instant start, RateCurve load, long limit, Consumer<Generated> observer) {
        this.generator = generator;
        this.start = start;
        this.load = load;
        this.limit = limit;
        this.observer = observer;
    }

    @Override
    public @Nullable Outgoing next() {
        if (made == limit) {
            return null;
        }
        Instant at = start.plusNanos(load.isPaced() ? load.dueNanos(made) : made * NANOS_UNPACED);
        made++;
        Generated record = generator.next(at);
        observer.accept(record);
        return record.outgoing();
    }
}
