package io.clinicalstreams.pipeline.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Counts by reason, in two places at once: a metric since this process started, and the ledger, which is exactly-once.
 * The registry builds an id for every lookup, so it is asked once for each reason.
 */
public final class ReasonCounters {

    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Function<String, Counter> byReason;
    private final InputLedger ledger;
    private final Accounting what;

    private ReasonCounters(InputLedger ledger, Accounting what, Function<String, Counter> byReason) {
        this.ledger = ledger;
        this.what = what;
        this.byReason = byReason;
    }

    /** With one metric, without tags. */
    public static ReasonCounters single(
            MeterRegistry registry, InputLedger ledger, Accounting what, String name, String description) {
        Counter only = Counter.builder(name).description(description).register(registry);
        return new ReasonCounters(ledger, what, reason -> only);
    }

    /** With a metric whose tag has the reasons as its values. */
    public static ReasonCounters tagged(
            MeterRegistry registry, InputLedger ledger, Accounting what, String tag, String name, String description) {
        MeterProvider<Counter> byTag =
                Counter.builder(name).description(description).withRegistry(registry);
        return new ReasonCounters(ledger, what, reason -> byTag.withTag(tag, reason));
    }

    /** With metrics that the caller makes. */
    public static ReasonCounters of(InputLedger ledger, Accounting what, Function<String, Counter> byReason) {
        return new ReasonCounters(ledger, what, byReason);
    }

    /** The metric of a reason, which is 0 until it is first counted. */
    public Counter metric(String reason) {
        return counters.computeIfAbsent(reason, byReason);
    }

    public void increment(String reason) {
        increment(reason, reason);
    }

    /** @param inLedger the reason's name there */
    public void increment(String reason, String inLedger) {
        metric(reason).increment();
        ledger.count(what, inLedger);
    }
}
