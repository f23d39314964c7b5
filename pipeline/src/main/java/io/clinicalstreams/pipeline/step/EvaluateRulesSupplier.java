package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.DetectedIssueWriter;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Supplies {@link EvaluateRules} with its store, a new one for each task. */
public final class EvaluateRulesSupplier implements ProcessorSupplier<byte[], ClinicalFact, byte[], AlertRecord> {

    /** The store of patients' states; the catalogue declares it and its changelog. */
    public static final String STORE = "patient-state";

    /**
     * What the lane may write. The reader bounds the texts, a rule's and the count of what adds up are not bounded there;
     * larger ones, sent all the same, would stop the lane at every restart.
     *
     * @param state a patient's, in the changelog
     * @param alert one transition's, in both topics
     */
    public record Limits(SizeLimit state, SizeLimit alert) {}

    private final RuleTable rules;
    private final UnitConversion units;
    private final AlertMemory memory;
    private final Limits limits;
    private final String serviceVersion;
    private final AlertingCounters counters;

    /** @param units shared by all tasks: it is safe for use by several threads */
    public EvaluateRulesSupplier(
            RuleTable rules,
            UnitConversion units,
            AlertMemory memory,
            Limits limits,
            String serviceVersion,
            AlertingCounters counters) {
        this.rules = rules;
        this.units = units;
        this.memory = memory;
        this.limits = limits;
        this.serviceVersion = serviceVersion;
        this.counters = counters;
    }

    @Override
    public Processor<byte[], ClinicalFact, byte[], AlertRecord> get() {
        return new EvaluateRules(
                new Evaluator(units),
                rules,
                memory,
                limits,
                new AlertRecords(new DetectedIssueWriter(serviceVersion)),
                counters);
    }

    /**
     * In memory: after an unclean end exactly-once rebuilds a local store from its changelog in any case, and reading a
     * patient's state for every input is what this lane does most.
     */
    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray()));
    }
}
