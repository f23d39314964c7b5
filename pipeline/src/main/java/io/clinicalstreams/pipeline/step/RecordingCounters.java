package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.fhir.resource.RoutedType;
import io.clinicalstreams.pipeline.ledger.Accounting;
import io.clinicalstreams.pipeline.ledger.InputLedger;
import io.clinicalstreams.pipeline.ledger.ReasonCounters;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the recording lane did with each resource: in the ledger, and as metrics since this process started. The metrics
 * are not exactly-once: after a crash, inputs are counted again.
 */
public final class RecordingCounters {

    private final Map<RoutedType, String> types = new EnumMap<>(RoutedType.class);
    private final ReasonCounters recorded;
    private final ReasonCounters rejected;
    private final ReasonCounters ignored;
    private final ReasonCounters rekeyed;

    public RecordingCounters(MeterRegistry registry, InputLedger ledger) {
        recorded = ReasonCounters.of(ledger, Accounting.RECORDED, type -> Counter.builder("clinical.resources.recorded")
                .description("Valid resources written to their topic")
                .tag("type", type)
                .tag("topic", RoutedType.valueOf(type.toUpperCase(Locale.ROOT)).topic())
                .register(registry));
        rejected = ReasonCounters.tagged(
                registry,
                ledger,
                Accounting.REJECTED,
                "reason",
                "clinical.resources.rejected",
                "Resources sent to quarantine");
        for (RoutedType type : RoutedType.values()) {
            types.put(type, type.name().toLowerCase(Locale.ROOT));
            recorded.metric(type.name().toLowerCase(Locale.ROOT));
        }
        for (Reason reason : Reason.values()) {
            rejected.metric(reason.name());
        }
        ignored = ReasonCounters.tagged(
                registry,
                ledger,
                Accounting.IGNORED,
                "reason",
                "clinical.resources.ignored",
                "Readable resources without a topic");
        rekeyed = ReasonCounters.single(
                registry,
                ledger,
                Accounting.REKEYED,
                "clinical.resources.rekeyed",
                "Mis-keyed resources sent again with their patient's key");
    }

    void recorded(RoutedType type) {
        recorded.increment(Objects.requireNonNull(types.get(type)), type.topic());
    }

    void rejected(Reason reason) {
        rejected.increment(reason.name());
    }

    /** @param reason the name of a resource type or another fixed word of the reader, so that the tag has few values */
    void ignored(String reason) {
        ignored.increment(reason);
    }

    void rekeyed() {
        rekeyed.increment(TopicNames.RESOURCE_REKEYED);
    }
}
