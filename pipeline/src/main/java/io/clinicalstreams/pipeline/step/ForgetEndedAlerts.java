package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.PatientStateCodec;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Removes alerts that ended long ago from patient states and sends a tombstone for each, so that neither the states nor
 * the topic of current alerts grow forever.
 *
 * <p>The log decides. Age is measured by the task's stream time, which is the latest timestamp of its records and which
 * Kafka Streams stores with the committed offsets. Old alerts of a patient are forgotten before the patient's next
 * input is evaluated, so the result depends only on the preceding input, not on the cleanup of inactive patients.
 * Inactive patients are found with a queue, in the order in which their alerts ended, because scanning all patients
 * would delay alerts. It is filled when the task starts.
 */
final class ForgetEndedAlerts {

    /** In stream time. Without input nothing ages, so nothing is due. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Each costs a changelog record and a tombstone, and delays input. */
    static final int PATIENTS_A_TIME = 100;

    /** @param patient whose alert ended at that time, milliseconds since the epoch; it may have been reopened since */
    private record Ended(long at, byte[] patient) {}

    private final AlertRetention memory;
    private final PatientStates states;
    private final ProcessorContext<byte[], AlertRecord> context;
    private final Queue<Ended> queue = new PriorityQueue<>(Comparator.comparingLong(Ended::at));
    private @Nullable Cancellable schedule;

    ForgetEndedAlerts(AlertRetention memory, PatientStates states, ProcessorContext<byte[], AlertRecord> context) {
        this.memory = memory;
        this.states = states;
        this.context = context;
    }

    /** Call after the store is restored, which Kafka Streams does before it initializes a task's processors. */
    void start() {
        states.forEach((patient, state) -> state.episodes().forEach(episode -> note(patient, episode)));
        schedule = context.schedule(INTERVAL, PunctuationType.STREAM_TIME, now -> forgetExpired());
    }

    /** Kafka Streams keeps schedules when it closes a task's processors, and may start the same task again. */
    void stop() {
        if (schedule != null) {
            schedule.cancel();
        }
    }

    /** Call for each episode that is written. */
    void note(byte[] patient, Episode episode) {
        Instant end = episode.endedAt();
        if (end != null) {
            queue.add(new Ended(end.toEpochMilli(), patient));
        }
    }

    /** The patient's current state, without old alerts. */
    PatientState stateOf(byte[] patient) {
        PatientState state = states.get(patient);
        Instant before = expiry();
        return state.hasEnded(before) ? forget(patient, state, before) : state;
    }

    private void forgetExpired() {
        Instant before = expiry();
        for (int patients = 0; patients < PATIENTS_A_TIME; patients++) {
            Ended next = queue.peek();
            if (next == null || next.at() >= before.toEpochMilli()) {
                return;
            }
            queue.remove();
            PatientState state = states.get(next.patient());
            if (state.hasEnded(before)) {
                forget(next.patient(), state, before);
            }
        }
    }

    private PatientState forget(byte[] patient, PatientState state, Instant before) {
        PatientState.Forgotten forgotten = state.forgetEnded(before);
        states.put(patient, PatientStateCodec.encode(forgotten.state()));
        for (String alertId : forgotten.alertIds()) {
            context.forward(new Record<>(
                    patient, new AlertRecord(alertId, null), context.currentStreamTimeMs(), new RecordHeaders()));
        }
        return forgotten.state();
    }

    private Instant expiry() {
        return Instant.ofEpochMilli(context.currentStreamTimeMs()).minus(memory.length());
    }
}
