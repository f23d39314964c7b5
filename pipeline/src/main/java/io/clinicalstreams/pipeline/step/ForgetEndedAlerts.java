package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.PatientState;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Removes alerts that ended long enough ago from their patients' state and sends a tombstone for each, so that the topic
 * of current alerts does not grow for ever. It walks the store a slice at a time, because what it does delays alerts;
 * what is old is decided by the log's time, not the clock's.
 */
public final class ForgetEndedAlerts {

    /** @param keepFor how long an ended alert stays in the current alerts */
    public record Policy(Duration keepFor, Duration every, int patientsATime) {

        /** A slice of 2,000 patients takes some milliseconds; a million patients are walked in about eight minutes. */
        public static Policy keeping(Duration keepFor) {
            return new Policy(keepFor, Duration.ofSeconds(1), 2_000);
        }
    }

    private final Policy policy;
    private final KeyValueStore<byte[], PatientState> states;
    private final ProcessorContext<byte[], AlertRecord> context;
    private byte @Nullable [] next;

    ForgetEndedAlerts(
            Policy policy, KeyValueStore<byte[], PatientState> states, ProcessorContext<byte[], AlertRecord> context) {
        this.policy = policy;
        this.states = states;
        this.context = context;
    }

    void schedule() {
        context.schedule(policy.every(), PunctuationType.WALL_CLOCK_TIME, clock -> walkOneSlice());
    }

    private void walkOneSlice() {
        Instant before = Instant.ofEpochMilli(context.currentStreamTimeMs()).minus(policy.keepFor());
        try (KeyValueIterator<byte[], PatientState> slice = states.range(next, null)) {
            int walked = 0;
            while (slice.hasNext() && walked < policy.patientsATime()) {
                KeyValue<byte[], PatientState> patient = slice.next();
                forget(patient.key, patient.value, before);
                walked++;
            }
            next = slice.hasNext() ? slice.peekNextKey() : null;
        }
    }

    private void forget(byte[] key, PatientState state, Instant before) {
        PatientState.Forgotten forgotten = state.forgetEnded(before);
        if (forgotten.alertIds().isEmpty()) {
            return;
        }
        states.put(key, forgotten.state().isEmpty() ? null : forgotten.state());
        for (String alertId : forgotten.alertIds()) {
            context.forward(new Record<>(
                    key, new AlertRecord(alertId, null), context.currentStreamTimeMs(), new RecordHeaders()));
        }
    }
}
