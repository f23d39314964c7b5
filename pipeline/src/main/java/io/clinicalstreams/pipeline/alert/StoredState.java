package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A patient's state as a store has it, in {@link StateParts}: what it says, and which parts change if it becomes another.
 * Readings are decoded when they are needed ({@link StoredReadings}). A value of an earlier version has a core only, which
 * is never like one that is written now unless it has no episodes and readings.
 */
public final class StoredState {

    /** Of an episode and of readings: of whole states, the version since which theirs has not changed. */
    private static final int FORMAT = PatientStateCodec.WITH_READINGS;

    private static final int EPISODE = 1;
    private static final int HISTORY = 2;
    private static final int SHORT_HISTORY = 3;

    /** The first byte of a part has its kind, and its format above. */
    private static final int FORMAT_SHIFT = 4;

    /** Readings of these years take a byte less than from the epoch. */
    private static final Instant NEAR = Instant.parse("2026-01-01T00:00:00Z");

    /** Episodes, or histories, in parts of their own. */
    private record Numbered<T>(List<Integer> numbers, List<T> items) {

        Numbered() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(int number, T item) {
            numbers.add(number);
            items.add(item);
        }

        int size() {
            return numbers.size();
        }
    }

    private final byte @Nullable [] bytes;
    private byte @Nullable [] core;
    private PatientState state = PatientState.EMPTY;
    private final Numbered<Episode> episodes = new Numbered<>();
    private final Numbered<AnalyteHistory> histories = new Numbered<>();
    private int last = StateParts.CORE;

    /**
     * @param bytes null if nothing is stored
     * @throws UnreadableStateException if they are damaged or of another version; whoever needs readings that are gets it
     *     then
     */
    public StoredState(byte @Nullable [] bytes) {
        this.bytes = bytes;
        if (bytes != null && StateParts.isInParts(bytes)) {
            readParts(bytes);
        } else if (bytes != null) {
            core = bytes;
            state = PatientStateCodec.decode(new StateInput(bytes));
        }
    }

    private void readParts(byte[] bytes) {
        StoredReadings.Value value = new StoredReadings.Value(bytes);
        StateInput in = new StateInput(bytes);
        in.octet();
        int episodesCounted = 0;
        int historiesCounted = 0;
        try {
            while (in.hasMore()) {
                last = in.number();
                StateInput part = in.section();
                int first = part.octet();
                if (last != StateParts.CORE) {
                    readItem(first, part, value);
                } else if (first == StateParts.COUNTING_CORE) {
                    core = part.all();
                    episodesCounted = part.number();
                    historiesCounted = part.number();
                    state = PatientStateCodec.decode(part);
                } else {
                    throw StateInput.damaged();
                }
            }
        } catch (DateTimeException | ArithmeticException impossible) {
            throw StateInput.damaged();
        }
        if (episodes.size() + histories.size() == 0
                || episodes.size() != episodesCounted
                || histories.size() != historiesCounted
                || !state.episodes().isEmpty()
                || !state.histories().isEmpty()) {
            throw StateInput.damaged();
        }
        state = state.replacing(episodes.items(), histories.items());
    }

    private void readItem(int first, StateInput part, StoredReadings.Value value) {
        switch (kind(first)) {
            case EPISODE -> {
                episodes.add(last, EpisodeCodec.decode(FORMAT, part));
                part.end();
            }
            case HISTORY -> histories.add(last, HistoryCodec.history(NEAR, part, value));
            case SHORT_HISTORY -> histories.add(last, HistoryCodec.shortHistory(NEAR, part, value));
            default -> throw StateInput.damaged();
        }
    }

    private static int kind(int first) {
        int format = first >> FORMAT_SHIFT;
        if (format != FORMAT) {
            throw new UnreadableStateException("a part of a patient's state has version " + format
                    + ", but this service reads " + FORMAT + ": run the service version that wrote it");
        }
        return first & (1 << FORMAT_SHIFT) - 1;
    }

    public PatientState state() {
        return state;
    }

    /** Null if nothing is stored. */
    public byte @Nullable [] bytes() {
        return bytes;
    }

    /**
     * The parts that must be written so that this becomes another state.
     *
     * @return empty if nothing changed
     */
    public List<StateParts.Part> changes(PatientState after) {
        List<StateParts.Part> changes = new ArrayList<>();
        if (bytes == null || !StateParts.isInParts(bytes) || !isSameCore(state, after)) {
            byte[] changed = after.equals(PatientState.EMPTY) ? null : core(after);
            if (!Arrays.equals(changed, core)) {
                changes.add(new StateParts.Part(StateParts.CORE, changed));
            }
        }
        Numbering numbering = new Numbering(last, changes);
        numbering.change(
                episodes,
                after.episodes(),
                (episode, other) -> episode.alertId().equals(other.alertId()),
                (episode, out) -> {
                    out.octet(FORMAT << FORMAT_SHIFT | EPISODE);
                    EpisodeCodec.encode(episode, FORMAT, out);
                });
        numbering.change(
                histories,
                after.histories(),
                (history, other) -> history.codings().equals(other.codings()),
                StoredState::encode);
        return changes;
    }

    private static void encode(AnalyteHistory history, StateOutput out) {
        boolean isShort = HistoryCodec.isShort(history);
        out.octet(FORMAT << FORMAT_SHIFT | (isShort ? SHORT_HISTORY : HISTORY));
        if (isShort) {
            HistoryCodec.encodeShort(history, NEAR, out);
        } else {
            HistoryCodec.encode(history, NEAR, out);
        }
    }

    private static boolean isSameCore(PatientState before, PatientState after) {
        return before.episodes().size() == after.episodes().size()
                && before.histories().size() == after.histories().size()
                && before.differsOnlyInEpisodesAndReadings(after);
    }

    private static byte[] core(PatientState state) {
        byte[] core = PatientStateCodec.encode(state.replacing(List.of(), List.of()));
        if (state.episodes().isEmpty() && state.histories().isEmpty()) {
            return core;
        }
        StateOutput out = new StateOutput();
        out.octet(StateParts.COUNTING_CORE);
        out.natural(state.episodes().size());
        out.natural(state.histories().size());
        out.raw(core, 0, core.length);
        return out.toBytes();
    }

    /** Gives what is new the next number, and collects what changed. */
    private static final class Numbering {

        private final List<StateParts.Part> changes;
        private final StateOutput out = new StateOutput();
        private int last;

        Numbering(int last, List<StateParts.Part> changes) {
            this.last = last;
            this.changes = changes;
        }

        /**
         * Changed items stay where they are and new ones are appended. If it is otherwise, what follows is numbered
         * anew.
         */
        <T> void change(Numbered<T> stored, List<T> after, BiPredicate<T, T> same, BiConsumer<T, StateOutput> encode) {
            List<Integer> numbers = stored.numbers();
            List<T> before = stored.items();
            int next = 0;
            boolean inOrder = true;
            for (T item : after) {
                int at = next;
                while (inOrder && at < numbers.size() && !isSame(before.get(at), item, same)) {
                    at++;
                }
                inOrder = inOrder && at < numbers.size();
                if (inOrder) {
                    remove(numbers, next, at);
                    next = at + 1;
                }
                if (!inOrder || !isSame(before.get(at), item, Object::equals)) {
                    out.clear();
                    encode.accept(item, out);
                    changes.add(new StateParts.Part(inOrder ? numbers.get(at) : ++last, out.toBytes()));
                }
            }
            remove(numbers, next, numbers.size());
        }

        /** Most are the same object. */
        @SuppressWarnings("ReferenceEquality")
        private static <T> boolean isSame(T item, T other, BiPredicate<T, T> same) {
            return item == other || same.test(item, other);
        }

        private void remove(List<Integer> numbers, int from, int to) {
            for (int at = from; at < to; at++) {
                changes.add(new StateParts.Part(numbers.get(at), null));
            }
        }
    }
}
