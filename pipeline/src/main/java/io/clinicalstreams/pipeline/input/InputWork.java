package io.clinicalstreams.pipeline.input;

import java.util.Optional;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What the current input has caused so far. All of it is in one transaction, which has a timeout: an input that takes
 * longer would be aborted and begun again forever.
 */
public final class InputWork {

    /** Of one patient from one input. No more than a reading a second for a quarter of an hour, each another level. */
    public static final int MOST_TRANSITIONS = 1_000;

    /** A state is read whole for each fact that changes it, and a large state many times for a Bundle. */
    private static final long MOST_STATE_BYTES = 64L * 1024 * 1024;

    private @Nullable String topic;
    private int partition;
    private long offset;
    private int transitions;
    private long stateBytes;
    private boolean isExhausted;

    /** Call for each fact, with the record it came in. */
    public void continueOrBegin(Optional<RecordMetadata> input) {
        input.filter(at -> at.offset() != offset
                        || at.partition() != partition
                        || !at.topic().equals(topic))
                .ifPresent(this::begin);
    }

    private void begin(RecordMetadata input) {
        topic = input.topic();
        partition = input.partition();
        offset = input.offset();
        transitions = 0;
        stateBytes = 0;
        isExhausted = false;
    }

    /** Whether something did not fit: then nothing else of the input has an effect. */
    public boolean isExhausted() {
        return isExhausted;
    }

    /**
     * Takes what one fact causes; false if it would be too much.
     *
     * @param state size of the whole state, in bytes; 0 if it does not change
     */
    public boolean take(int moreTransitions, int state) {
        long bytes = stateBytes + state;
        if (transitions + moreTransitions > MOST_TRANSITIONS || bytes > MOST_STATE_BYTES) {
            isExhausted = true;
            return false;
        }
        transitions += moreTransitions;
        stateBytes = bytes;
        return true;
    }
}
