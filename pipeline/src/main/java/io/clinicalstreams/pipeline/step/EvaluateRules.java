package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.DetectedIssueWriter;
import io.clinicalstreams.pipeline.domain.Alert;
import io.clinicalstreams.pipeline.domain.Evaluation;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.NotEvaluated;
import io.clinicalstreams.pipeline.domain.PatientKey;
import io.clinicalstreams.pipeline.domain.PatientState;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates each observation by the rules against its patient's state, saves the state when it changed, and forwards an
 * alert for each transition. Owns the store of patients' states; it also forgets alerts that ended long enough ago and
 * forwards their tombstones.
 */
final class EvaluateRules implements Processor<byte[], ClinicalFact, byte[], AlertRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(EvaluateRules.class);

    /**
     * An episode takes up to some 5 KB, because its texts are bounded, and a record of the changelog at most 6 MiB. More in
     * the two days that ended ones are kept comes from no patient; written all the same, it would stop the lane.
     */
    static final int MOST_EPISODES = 1_000;

    private final Evaluator evaluator;
    private final RuleTable rules;
    private final ForgetEndedAlerts.Policy forgetting;
    private final DetectedIssueWriter writer;
    private final AlertingCounters counters;
    private @Nullable ProcessorContext<byte[], AlertRecord> context;
    private @Nullable KeyValueStore<byte[], PatientState> states;

    EvaluateRules(
            Evaluator evaluator,
            RuleTable rules,
            ForgetEndedAlerts.Policy forgetting,
            DetectedIssueWriter writer,
            AlertingCounters counters) {
        this.evaluator = evaluator;
        this.rules = rules;
        this.forgetting = forgetting;
        this.writer = writer;
        this.counters = counters;
    }

    @Override
    public void init(ProcessorContext<byte[], AlertRecord> context) {
        this.context = context;
        states = context.getStateStore(EvaluateRulesSupplier.STORE);
        new ForgetEndedAlerts(forgetting, states, context).schedule();
    }

    @Override
    public void process(Record<byte[], ClinicalFact> fact) {
        PatientState before = load(fact.key());
        if (fact.value() instanceof ClinicalFact.Introduced introduced) {
            save(fact.key(), before, evaluator.learn(before, introduced.patient()));
        } else if (fact.value() instanceof ClinicalFact.Observed observed) {
            Evaluation evaluation = evaluate(fact.key(), before, observed);
            save(fact.key(), before, evaluation.state());
            evaluation.alerts().forEach(alert -> forward(fact, alert));
            if (!evaluation.alerts().isEmpty()) {
                new CommitAlerts(context()).alertWritten(fact.timestamp());
            }
            count(evaluation);
        }
    }

    private Evaluation evaluate(byte[] key, PatientState state, ClinicalFact.Observed observed) {
        try {
            Evaluation evaluation = evaluator.evaluate(
                    state,
                    new PatientKey(new String(key, StandardCharsets.UTF_8)),
                    observed.observation(),
                    observed.receivedAt(),
                    observed.origin().toString(),
                    rules.book());
            return evaluation.state().episodes().size() <= MOST_EPISODES ? evaluation : overfull(state);
        } catch (RuntimeException unforeseen) {
            // One reading must not stop a partition; its message may quote the reading, so only its class is told.
            LOG.atError()
                    .addKeyValue("step", "evaluate-rules")
                    .addKeyValue("origin", observed.origin())
                    .addKeyValue("reason", unforeseen.getClass().getName())
                    .log("could not evaluate an observation");
            return new Evaluation(state, List.of(), List.of(NotEvaluated.UNEXPECTED), List.of());
        }
    }

    private static Evaluation overfull(PatientState state) {
        return new Evaluation(state, List.of(), List.of(NotEvaluated.TOO_MANY_EPISODES), List.of());
    }

    private PatientState load(byte[] key) {
        PatientState state = states().get(key);
        return state == null ? PatientState.EMPTY : state;
    }

    /** One changelog record an input is this lane's main cost, so what did not change is not written. */
    @SuppressWarnings("ReferenceEquality") // The evaluator hands the same object back when nothing changed.
    private void save(byte[] key, PatientState before, PatientState after) {
        if (after != before) {
            states().put(key, after);
        }
    }

    private void forward(Record<byte[], ClinicalFact> fact, Alert alert) {
        AlertRecord written = new AlertRecord(alert.alertId(), writer.write(alert));
        context().forward(new Record<>(fact.key(), written, fact.timestamp(), headers(fact.headers(), alert)));
        counters.alert(lowerCase(alert.transition()), lowerCase(alert.severity()));
    }

    /** What a consumer filters on; never who. */
    private static Headers headers(Headers origin, Alert alert) {
        Headers headers = new RecordHeaders(origin);
        add(headers, HeaderNames.ALERT_ID, alert.alertId());
        add(headers, HeaderNames.ALERT_VERSION, Integer.toString(alert.version()));
        add(headers, HeaderNames.RULE, alert.rule().id());
        add(headers, HeaderNames.RULE_VERSION, alert.rule().version());
        add(headers, HeaderNames.SEVERITY, lowerCase(alert.severity()));
        add(headers, HeaderNames.TRANSITION, lowerCase(alert.transition()));
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.US_ASCII));
    }

    private void count(Evaluation evaluation) {
        counters.evaluated();
        evaluation.notEvaluated().forEach(reason -> counters.notEvaluated(reason.label()));
        evaluation.suppressed().forEach(reason -> counters.suppressed(reason.label()));
    }

    private static String lowerCase(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private KeyValueStore<byte[], PatientState> states() {
        if (states == null) {
            throw new IllegalStateException("used before init");
        }
        return states;
    }

    private ProcessorContext<byte[], AlertRecord> context() {
        if (context == null) {
            throw new IllegalStateException("used before init");
        }
        return context;
    }
}
