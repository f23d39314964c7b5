package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.fhir.resource.RoutedType;
import io.clinicalstreams.topics.wire.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the recording lane did, as metrics since this process started. They are not exactly once: after a crash an input
 * is counted again. What truly became of each input is decided by reading the topics.
 */
public final class RecordingCounters {

    private final MeterRegistry registry;
    private final Map<RoutedType, Counter> recorded = new EnumMap<>(RoutedType.class);
    private final Map<Reason, Counter> rejected = new EnumMap<>(Reason.class);
    private final Map<String, Counter> ignored = new ConcurrentHashMap<>();
    private final Counter rekeyed;

    public RecordingCounters(MeterRegistry registry) {
        this.registry = registry;
        for (RoutedType type : RoutedType.values()) {
            recorded.put(
                    type,
                    counter(
                            "clinical.resources.recorded",
                            "Valid resources written to their topic",
                            "type",
                            type.name().toLowerCase(Locale.ROOT)));
        }
        for (Reason reason : Reason.values()) {
            rejected.put(
                    reason,
                    counter("clinical.resources.rejected", "Resources sent to quarantine", "reason", reason.name()));
        }
        rekeyed = Counter.builder("clinical.resources.rekeyed")
                .description("Mis-keyed resources sent again under their patient's key")
                .register(registry);
    }

    void recorded(RoutedType type) {
        Objects.requireNonNull(recorded.get(type)).increment();
    }

    void rejected(Reason reason) {
        Objects.requireNonNull(rejected.get(reason)).increment();
    }

    /** @param reason a resource type's name or another of the reader's fixed words, so that the tag stays bounded */
    void ignored(String reason) {
        ignored.computeIfAbsent(
                        reason,
                        name -> counter(
                                "clinical.resources.ignored", "Readable resources without a topic", "reason", name))
                .increment();
    }

    void rekeyed() {
        rekeyed.increment();
    }

    private Counter counter(String name, String help, String tag, String value) {
        return Counter.builder(name).description(help).tag(tag, value).register(registry);
    }
}
