package io.clinicalstreams.demo.bench;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.loadgen.generate.Generated.Kind;
import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.loadgen.send.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number of a generator's Observations, about 900 bytes each, a microsecond apart; its other resources are skipped.
 */
final class ObservationsOnly implements Source {

    private static final Set<Kind> OBSERVATIONS = Set.of(Kind.VITAL_SIGN, Kind.BLOOD_PRESSURE, Kind.LABORATORY);

    private final Generator generator;
    private final Instant start;
    private final long limit;
    private long made;

    ObservationsOnly(Generator generator, Instant start, long limit) {
        this.generator = generator;
        this.start = start;
        this.limit = limit;
    }

    @Override
    public @Nullable Outgoing next() {
        if (made == limit) {
            return null;
        }
        Instant at = start.plus(Duration.ofNanos(1_000 * made++));
        Generated generated = generator.next(at);
        while (!OBSERVATIONS.contains(generated.kind())) {
            generated = generator.next(at);
        }
        return generated.outgoing();
    }
}
