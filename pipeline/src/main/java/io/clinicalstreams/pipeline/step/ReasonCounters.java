package io.clinicalstreams.pipeline.step;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A metric with a tag {@code reason}. The registry builds an id for every lookup, so it is asked once for each reason. */
final class ReasonCounters {

    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final MeterProvider<Counter> byReason;

    ReasonCounters(MeterRegistry registry, String name, String description) {
        byReason = Counter.builder(name).description(description).withRegistry(registry);
    }

    void increment(String reason) {
        counters.computeIfAbsent(reason, each -> byReason.withTag("reason", each))
                .increment();
    }
}
