package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.StateParameters;
import io.clinicalstreams.pipeline.alert.UnreadableStateException;
import io.clinicalstreams.pipeline.domain.Alert;
import io.clinicalstreams.pipeline.domain.Evaluation;
import io.clinicalstreams.pipeline.domain.Forward;
import io.clinicalstreams.pipeline.domain.Unevaluated;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.input.InputWork;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.topics.wire.Merge;
import io.clinicalstreams.topics.wire.PatientKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates each fact with the rules and its patient's state, saves the state if it changed, and forwards an alert for
 * each transition. Owns the store of patient states, from which {@link ExpireStates} removes what is over. Never
 * throws because of data: a fact that cannot be evaluated, or whose results cannot be written, is counted and has no
 * effect, but for what is most urgent of it.
 */
final class EvaluateRules extends ContextualProcessor<byte[], ClinicalFact, byte[], AlertingOutput> {

    private static final Logger LOG = LoggerFactory.getLogger(EvaluateRules.class);

    /**
     * Far more than a patient has in the two days that ended episodes are kept. A state is read whole for every input,
     * so without a limit one patient could use all of the lane's time.
     */
    static final int MOST_EPISODES = 1_000;

    /** What a task has after initialization: Kafka Streams initializes it again after its transaction was aborted. */
    private record AtWork(PatientStates states, ExpireStates expiring, CommitAlerts commits, InputWork work) {}

    /**
     * @param fact what was evaluated: the fact that came, or a part of it
     * @param state null if it did not change
     * @param forwarded to another patient; null if nothing is
     */
    private record Consequences(
            ClinicalFact fact,
            Evaluation evaluation,
            PatientStates.@Nullable Change state,
            List<Record<byte[], AlertRecord>> alerts,
            @Nullable Record<byte[], AlertingOutput.ForwardedRecord> forwarded) {}

    private final EvaluateRulesSupplier given;
    private final AlertRecords records;
    private @Nullable AtWork atWork;

    EvaluateRules(EvaluateRulesSupplier given) {
        this.given = given;
        this.records = new AlertRecords(given.writer());
    }

    @Override
    public void init(ProcessorContext<byte[], AlertingOutput> context) {
        super.init(context);
        PatientStates states = new PatientStates(context.getStateStore(EvaluateRulesSupplier.STORE));
        ExpireStates expiring = new ExpireStates(given, states, context);
        expiring.start();
        atWork = new AtWork(states, expiring, new CommitAlerts(context), new InputWork());
    }

    @Override
    public void process(Record<byte[], ClinicalFact> fact) {
        atWork().work().continueOrBegin(context().recordMetadata());
        PatientState before = atWork().expiring().stateOf(fact.key());
        Consequences consequences = atWork().work().isExhausted()
                ? unchanged(fact.value(), before, NotEvaluated.TOO_MUCH_FOR_ONE_INPUT)
                : consequences(fact, before);
        write(fact, consequences);
        consequences.fact().count(consequences.evaluation(), given.counters());
        consequences.evaluation().merges().forEach(given.counters()::merge);
        consequences.evaluation().notEvaluated().forEach(given.counters()::notEvaluated);
        consequences.evaluation().suppressed().forEach(given.counters()::suppressed);
    }

    @Override
    public void close() {
        if (atWork != null) {
            atWork.expiring().stop();
        }
    }

    /**
     * One fact must not stop a partition: one that cannot be evaluated or written has no effect. A damaged state does.
     */
    private Consequences consequences(Record<byte[], ClinicalFact> fact, PatientState before) {
        if (fact.value().isTooMuchFor(before)) {
            return none(fact, before, NotEvaluated.TOO_MUCH_FOR_ONE_INPUT, NotEvaluated.TOO_MUCH_FOR_ONE_INPUT.label());
        }
        try {
            PatientKey patient = new PatientKey(new String(fact.key(), StandardCharsets.UTF_8));
            Evaluation evaluation = fact.value()
                    .evaluate(given.evaluator(), before, patient, given.rules().book());
            int episodes = evaluation.state().episodes().size();
            if (episodes > MOST_EPISODES && episodes > before.episodes().size()) {
                return none(fact, before, NotEvaluated.TOO_MANY_EPISODES, NotEvaluated.TOO_MANY_EPISODES.label());
            }
            PatientStates.Change state = change(fact.key(), before, evaluation.state());
            if (!atWork().work().take(evaluation.alerts().size(), state == null ? 0 : state.atMost())) {
                return none(
                        fact, before, NotEvaluated.TOO_MUCH_FOR_ONE_INPUT, NotEvaluated.TOO_MUCH_FOR_ONE_INPUT.label());
            }
            Consequences consequences = new Consequences(
                    fact.value(), evaluation, state, records(fact, evaluation), forwarded(fact, evaluation));
            return fit(fact.key(), consequences)
                    ? consequences
                    : none(fact, before, NotEvaluated.TOO_LARGE, NotEvaluated.TOO_LARGE.label());
        } catch (UnreadableStateException damaged) {
            throw damaged;
        } catch (RuntimeException unforeseen) {
            // The message may quote the reading, so only the class is logged.
            return none(
                    fact, before, NotEvaluated.UNEXPECTED, unforeseen.getClass().getName());
        }
    }

    private Consequences none(
            Record<byte[], ClinicalFact> fact, PatientState before, NotEvaluated counted, String reason) {
        ClinicalFact mostUrgent = fact.value().mostUrgent();
        LOG.atError()
                .addKeyValue("step", "evaluate-rules")
                .addKeyValue("origin", fact.value().origin())
                .addKeyValue("reason", reason)
                .log(
                        mostUrgent == null
                                ? "could not evaluate a resource; it has no effect"
                                : "could not take over the state of a duplicate; trying its open alerts alone");
        return mostUrgent == null
                ? unchanged(fact.value(), before, counted)
                : consequences(fact.withValue(mostUrgent), before);
    }

    private static Consequences unchanged(ClinicalFact fact, PatientState before, NotEvaluated counted) {
        Evaluation nothing =
                new Evaluation(before, List.of(), List.of(Unevaluated.because(counted)), List.of(), List.of(), null);
        return new Consequences(fact, nothing, null, List.of(), null);
    }

    /** Changelog records are this lane's main cost, so an unchanged state is not written. */
    @SuppressWarnings("ReferenceEquality") // The evaluator returns the same object if nothing changed.
    private PatientStates.@Nullable Change change(byte[] patient, PatientState before, PatientState after) {
        return after == before ? null : atWork().states().change(patient, after);
    }

    private List<Record<byte[], AlertRecord>> records(Record<byte[], ClinicalFact> fact, Evaluation evaluation) {
        List<Record<byte[], AlertRecord>> alerts =
                new ArrayList<>(evaluation.alerts().size());
        for (Alert alert : evaluation.alerts()) {
            alerts.add(records.of(fact.key(), alert, fact.timestamp(), fact.headers()));
        }
        return alerts;
    }

    private static @Nullable Record<byte[], AlertingOutput.ForwardedRecord> forwarded(
            Record<byte[], ClinicalFact> fact, Evaluation evaluation) {
        Forward forward = evaluation.forward();
        if (forward == null) {
            return null;
        }
        ClinicalFact.Forwarding came = fact.value().forwarding();
        byte[] value = forward.answer(
                state -> new StateParameters(state.from(), state.state()).write(),
                input -> Objects.requireNonNull(came.resource()));
        Merge what = forward.answer(
                state -> Merge.STATE,
                input -> fact.value() instanceof ClinicalFact.Admitted ? Merge.ENCOUNTER : Merge.OBSERVATION);
        long receivedAt = fact.value().receivedAt().toEpochMilli();
        Headers headers = new RecordHeaders(fact.headers())
                .add(HeaderNames.RECEIVED_AT, ascii(Long.toString(receivedAt)))
                .add(HeaderNames.MERGE, ascii(what.label()))
                .add(HeaderNames.MERGE_HOPS, ascii(Integer.toString(came.hops() + 1)));
        return new Record<>(
                forward.to().toBytes(), new AlertingOutput.ForwardedRecord(value), fact.timestamp(), headers);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private boolean fit(byte[] patient, Consequences consequences) {
        Record<byte[], AlertingOutput.ForwardedRecord> forwarded = consequences.forwarded();
        return given.limits().fit(patient, consequences.alerts())
                && (forwarded == null
                        || given.limits()
                                .forwarded()
                                .fits(forwarded.key(), forwarded.value().value(), forwarded.headers()))
                && (consequences.state() == null || fits(patient, consequences.state()));
    }

    private boolean fits(byte[] patient, PatientStates.Change state) {
        SizeLimit limit = given.limits().state();
        return limit.fits(patient, state.atMost()) || limit.fits(patient, state.size());
    }

    private void write(Record<byte[], ClinicalFact> fact, Consequences consequences) {
        if (consequences.state() != null) {
            atWork().states().write(consequences.state());
            atWork().expiring().note(fact.key(), consequences.evaluation().state());
        }
        for (Record<byte[], AlertRecord> alert : consequences.alerts()) {
            context().forward(alert);
        }
        if (consequences.forwarded() != null) {
            context().forward(consequences.forwarded());
        }
        consequences.evaluation().alerts().forEach(given.counters()::alert);
        if (!consequences.alerts().isEmpty() || consequences.forwarded() != null) {
            atWork().commits().alertWritten(fact.timestamp());
        }
    }

    private AtWork atWork() {
        if (atWork == null) {
            throw new IllegalStateException("used before init");
        }
        return atWork;
    }
}
