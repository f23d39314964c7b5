package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.DetectedIssueWriter;
import io.clinicalstreams.pipeline.alert.PatientStore;
import io.clinicalstreams.pipeline.domain.Evaluator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Supplies {@link EvaluateRules} with its store, a new one for each task.
 *
 * @param evaluator shared by all tasks, thread-safe
 */
public record EvaluateRulesSupplier(
        Evaluator evaluator,
        RuleTable rules,
        AlertRetention memory,
        Limits limits,
        DetectedIssueWriter writer,
        AlertingCounters counters)
        implements ProcessorSupplier<byte[], ClinicalFact, byte[], AlertingOutput> {

    /** The store of patient states; the catalogue declares it and its changelog. */
    public static final String STORE = "patient-state";

    /**
     * Size limits of the lane's output. The reader limits the length of input texts, but not a rule's texts or the
     * number of items. A record beyond the limit would stop the lane at every restart.
     *
     * @param state of a patient: all parts together, so that none is too large for the changelog
     * @param alert of one transition, in both topics
     * @param forwarded of a duplicate's state or input
     */
    public record Limits(SizeLimit state, SizeLimit alert, SizeLimit forwarded) {

        boolean fit(byte[] patient, List<Record<byte[], AlertRecord>> alerts) {
            return alerts.stream()
                    .allMatch(record -> alert.fits(patient, record.value().detectedIssue(), record.headers()));
        }
    }

    @Override
    public Processor<byte[], ClinicalFact, byte[], AlertingOutput> get() {
        return new EvaluateRules(this);
    }

    /**
     * In memory: after an unclean shutdown, exactly-once rebuilds a local store from its changelog anyway, and this
     * lane reads a patient's state for every input.
     */
    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                Stores.keyValueStoreBuilder(PatientStore.supplier(STORE), Serdes.ByteArray(), Serdes.ByteArray()));
    }
}
