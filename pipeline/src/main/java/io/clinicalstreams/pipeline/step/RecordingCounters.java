package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.fhir.resource.RoutedType;
import io.clinicalstreams.topics.wire.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the recording lane processed, as metrics since this process started. They are not exactly-once: after a crash,
 * inputs are counted again. The topics are the source of truth.
 */
public final class RecordingCounters {

    private final Map<RoutedType, Counter> recorded = new EnumMap<>(RoutedType.class);
    private final Map<Reason, Counter> rejected = new EnumMap<>(Reason.class);
    private final ReasonCounters ignored;
    private final Counter rekeyed;

    public RecordingCounters(MeterRegistry registry) {
        MeterProvider<Counter> byType = Counter.builder("clinical.resources.recorded")
                .description("Valid resources written to their topic")
                .withRegistry(registry);
        MeterProvider<Counter> byReason = Counter.builder("clinical.resources.rejected")
                .description("Resources sent to quarantine")
                .withRegistry(registry);
        for (RoutedType type : RoutedType.values()) {
            recorded.put(type, byType.withTag("type", type.name().toLowerCase(Locale.ROOT)));
        }
        for (Reason reason : Reason.values()) {
            rejected.put(reason, byReason.withTag("reason", reason.name()));
        }
        ignored = new ReasonCounters(registry, "clinical.resources.ignored", "Readable resources without a topic");
        rekeyed = Counter.builder("clinical.resources.rekeyed")
                .description("Mis-keyed resources sent again with their patient's key")
                .register(registry);
    }

    void recorded(RoutedType type) {
        Objects.requireNonNull(recorded.get(type)).increment();
    }

    void rejected(Reason reason) {
        Objects.requireNonNull(rejected.get(reason)).increment();
    }

    /** @param reason the name of a resource type or another fixed word of the reader, so that the tag has few values */
    void ignored(String reason) {
        ignored.increment(reason);
    }

    void rekeyed() {
        rekeyed.increment();
    }
}
