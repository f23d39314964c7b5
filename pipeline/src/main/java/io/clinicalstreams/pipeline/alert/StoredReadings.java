package io.clinicalstreams.pipeline.alert;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.clinicalstreams.pipeline.domain.episode.DeferredReadings;
import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The readings of an analyte in a stored value. Not thread-safe, like the step that owns the value. */
final class StoredReadings extends AbstractList<KeptReading> implements DeferredReadings, RandomAccess {

    /**
     * A stored value. It is searched once, for the first Observation, which usually changes it. For any other one, the
     * readings are decoded, also once: an input may bring thousands of Observations that change nothing.
     */
    static final class Value {

        /** The length of an id. A search for a longer text may take longer than decoding. */
        private static final int MOST_BYTES_SOUGHT = 64;

        private final String bytes;
        private @Nullable ObservationIdentity sought;
        private boolean mayBeThere;

        Value(byte[] stored) {
            bytes = new String(stored, ISO_8859_1);
        }

        private boolean mayHave(ObservationIdentity identity) {
            if (sought == null) {
                sought = identity;
                byte[] text = HistoryCodec.text(identity);
                mayBeThere = text.length > MOST_BYTES_SOUGHT || bytes.contains(new String(text, ISO_8859_1));
            }
            return mayBeThere || !identity.equals(sought);
        }
    }

    private final Value value;
    private final StateInput in;
    private final int count;
    private final Instant near;
    private @Nullable List<KeptReading> decoded;

    /** @param in has the readings, and nothing else */
    StoredReadings(Value value, StateInput in, int count, Instant near) {
        this.value = value;
        this.in = in;
        this.count = count;
        this.near = near;
    }

    @Override
    public boolean mayBeOf(ObservationIdentity identity) {
        return value.mayHave(identity);
    }

    @Override
    public int size() {
        return count;
    }

    /** @throws UnreadableStateException if the bytes are damaged */
    @Override
    public KeptReading get(int index) {
        if (decoded == null) {
            decoded = HistoryCodec.readings(in.copy(), count, near);
        }
        return decoded.get(index);
    }
}
