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
 * Removes alerts that ended long enough ago from their patients' state and sends a tombstone for each, so that neither the
 * states nor the topic of current alerts grow for ever.
 *
 * <p>The log decides. What is old is measured by the task's stream time, which is the latest time of its records and which
 * Kafka Streams keeps with the committed offsets. Before a patient's input is evaluated, what is old by then is forgotten;
 * so what an input leads to depends on the input before it, and not on how far the task has come with patients of whom
 * nothing is heard. Those are found by a queue, in the order in which their alerts ended: looking through all patients
 * would delay alerts. It is filled when the task begins.
 */
final class ForgetEndedAlerts {

    /** Of the log's time. Without input nothing gets older, so nothing is due. */
    static final Duration EVERY = Duration.ofSeconds(1);

    /** Each costs a record of the changelog and a tombstone, and what is read meanwhile waits. */
    static final int PATIENTS_A_TIME = 100;

    /** @param patient one of whose alerts ended then, milliseconds since the epoch; it may have been reopened since */
    private record Ended(long at, byte[] patient) {}

    private final AlertMemory memory;
    private final PatientStates states;
    private final ProcessorContext<byte[], AlertRecord> context;
    private final Queue<Ended> queue = new PriorityQueue<>(Comparator.comparingLong(Ended::at));
    private @Nullable Cancellable schedule;

    ForgetEndedAlerts(AlertMemory memory, PatientStates states, ProcessorContext<byte[], AlertRecord> context) {
        this.memory = memory;
        this.states = states;
        this.context = context;
    }

    /** Call when the store has been restored: Kafka Streams does that before it initialises a task's processors. */
    void start() {
        states.forEach((patient, state) -> state.episodes().forEach(episode -> note(patient, episode)));
        schedule = context.schedule(EVERY, PunctuationType.STREAM_TIME, now -> forgetWhatIsDue());
    }

    /** Kafka Streams keeps schedules when it closes a task's processors, and may begin the same task again. */
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

    /** The patient's state now, without what is old by now. */
    PatientState stateOf(byte[] patient) {
        PatientState state = states.get(patient);
        Instant before = longAgo();
        return state.hasEnded(before) ? forget(patient, state, before) : state;
    }

    private void forgetWhatIsDue() {
        Instant before = longAgo();
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

    private Instant longAgo() {
        return Instant.ofEpochMilli(context.currentStreamTimeMs()).minus(memory.length());
    }
}
