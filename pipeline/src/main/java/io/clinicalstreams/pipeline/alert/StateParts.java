package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A patient's state in numbered parts, so that an input writes only what it changes: an episode, or the readings of an
 * analyte, and the core with the rest. The core is part 0. It counts the others, so that a missing one is noticed.
 * Numbers keep the order of episodes and of histories.
 *
 * <p>A stored value is all parts of a patient, in the order of their numbers. A state without other parts is stored as
 * its core alone, which has no count: the same bytes as before there were parts, like any state of an earlier version.
 */
public final class StateParts {

    /**
     * One part to be written.
     *
     * @param bytes null if the part is gone
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Part(int number, byte @Nullable [] bytes) {

        /** Hides the content: this may end up in a log. */
        @Override
        public String toString() {
            return "Part[hidden]";
        }
    }

    /** In the place of a format version, where it was never used: a core that counts other parts. */
    static final int COUNTING_CORE = 100;

    /** In the same place: a stored value with parts. */
    static final int IN_PARTS = 101;

    /** Of an episode and of readings: of whole states, the version since which theirs has not changed. */
    private static final int FORMAT = PatientStateCodec.WITH_READINGS;

    private static final int CORE = 0;
    private static final int EPISODE = 1;
    private static final int HISTORY = 2;

    private static final int SHORT_HISTORY = 3;

    /** The first byte of a part has its kind, and its format above. */
    private static final int FORMAT_SHIFT = 4;

    /** Readings of these years take a byte less than from the epoch. */
    private static final Instant NEAR = Instant.parse("2026-01-01T00:00:00Z");

    /** At least the bytes of a part's number and length, and of the first byte. */
    private static final int FRAME = 11;

    private StateParts() {}

    static boolean isInParts(byte[] stored) {
        return stored.length > 0 && (stored[0] & 0xFF) == IN_PARTS;
    }

    static PatientState decode(StateInput in) {
        in.octet();
        PatientState core = PatientState.EMPTY;
        int episodesCounted = 0;
        int historiesCounted = 0;
        List<Episode> episodes = new ArrayList<>();
        List<AnalyteHistory> histories = new ArrayList<>();
        try {
            while (in.hasMore()) {
                int number = in.number();
                StateInput part = in.section();
                int first = part.octet();
                if (number != CORE) {
                    item(first, part, episodes, histories);
                } else if (first == COUNTING_CORE) {
                    episodesCounted = part.number();
                    historiesCounted = part.number();
                    core = PatientStateCodec.decode(part);
                } else {
                    throw StateInput.damaged();
                }
                part.end();
            }
        } catch (DateTimeException | ArithmeticException impossible) {
            throw StateInput.damaged();
        }
        if (episodes.size() + histories.size() == 0
                || episodes.size() != episodesCounted
                || histories.size() != historiesCounted
                || !core.episodes().isEmpty()
                || !core.histories().isEmpty()) {
            throw StateInput.damaged();
        }
        return core.replacing(episodes, histories);
    }

    private static void item(int first, StateInput part, List<Episode> episodes, List<AnalyteHistory> histories) {
        int format = first >> FORMAT_SHIFT;
        if (format != FORMAT) {
            throw new UnreadableStateException("a part of a patient's state has version " + format
                    + ", but this service reads " + FORMAT + ": run the service version that wrote it");
        }
        switch (kind(first)) {
            case EPISODE -> episodes.add(EpisodeCodec.decode(FORMAT, part));
            case HISTORY -> histories.add(HistoryCodec.history(NEAR, part));
            case SHORT_HISTORY -> histories.add(HistoryCodec.shortHistory(NEAR, part));
            default -> throw StateInput.damaged();
        }
    }

    private static int kind(int first) {
        return first & (1 << FORMAT_SHIFT) - 1;
    }

    /**
     * The parts that must be written so that a stored value becomes another state.
     *
     * @param stored null if nothing is
     * @param before the state that is stored
     * @return empty if nothing changed
     */
    public static List<Part> changes(byte @Nullable [] stored, PatientState before, PatientState after) {
        Numbers numbers = Numbers.of(stored);
        List<Part> changes = new ArrayList<>();
        if (stored == null || !isInParts(stored) || !isSameCore(before, after)) {
            byte[] core = after.equals(PatientState.EMPTY) ? null : core(after);
            if (!Arrays.equals(core, numbers.core)) {
                changes.add(new Part(CORE, core));
            }
        }
        Numbering numbering = new Numbering(numbers.last, changes);
        numbering.change(
                numbers.episodes,
                before.episodes(),
                after.episodes(),
                (episode, other) -> episode.alertId().equals(other.alertId()),
                (episode, out) -> {
                    out.octet(FORMAT << FORMAT_SHIFT | EPISODE);
                    EpisodeCodec.encode(episode, FORMAT, out);
                });
        numbering.change(
                numbers.histories,
                before.histories(),
                after.histories(),
                (history, other) -> history.codings().equals(other.codings()),
                StateParts::encode);
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
        out.octet(COUNTING_CORE);
        out.natural(state.episodes().size());
        out.natural(state.histories().size());
        out.raw(core, 0, core.length);
        return out.toBytes();
    }

    /**
     * The numbers of a stored value's parts. A value of an earlier version has a core only, which is never like one
     * that is written now unless it has no episodes and readings.
     *
     * @param core null if there is none
     * @param last the highest number
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Numbers(byte @Nullable [] core, List<Integer> episodes, List<Integer> histories, int last) {

        static Numbers of(byte @Nullable [] stored) {
            if (stored == null || !isInParts(stored)) {
                return new Numbers(stored, List.of(), List.of(), CORE);
            }
            byte[] core = null;
            List<Integer> episodes = new ArrayList<>();
            List<Integer> histories = new ArrayList<>();
            int last = CORE;
            StateInput in = new StateInput(stored);
            in.octet();
            while (in.hasMore()) {
                last = in.number();
                if (last == CORE) {
                    core = in.octets();
                } else {
                    int length = in.count();
                    (kind(in.octet()) == EPISODE ? episodes : histories).add(last);
                    in.skip(length - 1);
                }
            }
            return new Numbers(core, episodes, histories, last);
        }
    }

    /** Gives what is new the next number, and collects what changed. */
    private static final class Numbering {

        private final List<Part> changes;
        private int last;

        Numbering(int last, List<Part> changes) {
            this.last = last;
            this.changes = changes;
        }

        /**
         * Changed items stay where they are and new ones are appended. If it is otherwise, what follows is numbered
         * anew.
         *
         * @param numbers of the items before; none if they were not stored as parts
         */
        <T> void change(
                List<Integer> numbers,
                List<T> before,
                List<T> after,
                BiPredicate<T, T> same,
                BiConsumer<T, StateOutput> encode) {
            int next = 0;
            boolean inOrder = true;
            for (T item : after) {
                int at = next;
                while (inOrder && at < numbers.size() && !isSame(before.get(at), item, same)) {
                    at++;
                }
                inOrder = inOrder && at < numbers.size();
                if (inOrder) {
                    remove(numbers.subList(next, at));
                    next = at + 1;
                }
                if (!inOrder || !isSame(before.get(at), item, Object::equals)) {
                    StateOutput out = new StateOutput();
                    encode.accept(item, out);
                    changes.add(new Part(inOrder ? numbers.get(at) : ++last, out.toBytes()));
                }
            }
            remove(numbers.subList(next, numbers.size()));
        }

        /** Most are the same object. */
        @SuppressWarnings("ReferenceEquality")
        private static <T> boolean isSame(T item, T other, BiPredicate<T, T> same) {
            return item == other || same.test(item, other);
        }

        private void remove(List<Integer> numbers) {
            numbers.forEach(number -> changes.add(new Part(number, null)));
        }
    }

    /**
     * A stored value with parts replaced, added or removed.
     *
     * @param stored null if nothing is
     * @param changes of different parts, in any order
     * @return null if no part is left
     */
    public static byte @Nullable [] with(byte @Nullable [] stored, List<Part> changes) {
        byte[] all = stored == null ? new byte[] {(byte) IN_PARTS} : isInParts(stored) ? stored : coreAlone(stored);
        List<Part> ordered = changes;
        if (changes.size() > 1) {
            ordered = new ArrayList<>(changes);
            ordered.sort(Comparator.comparingInt(Part::number));
        }
        StateOutput out = new StateOutput(atMost(all, changes));
        StateInput in = new StateInput(all);
        in.octet();
        int copied = 0;
        int next = 0;
        while (in.hasMore() && next < ordered.size()) {
            int start = in.position();
            int number = in.number();
            in.skip(in.count());
            while (next < ordered.size() && ordered.get(next).number() <= number) {
                Part part = ordered.get(next++);
                out.raw(all, copied, start);
                copied = part.number() == number ? in.position() : start;
                write(part, out);
            }
        }
        out.raw(all, copied, all.length);
        ordered.subList(next, ordered.size()).forEach(part -> write(part, out));
        return unwrapped(out.toBytes());
    }

    private static void write(Part part, StateOutput out) {
        if (part.bytes() != null) {
            out.natural(part.number());
            out.octets(part.bytes());
        }
    }

    private static byte[] coreAlone(byte[] core) {
        StateOutput out = new StateOutput(core.length + FRAME);
        out.octet(IN_PARTS);
        out.natural(CORE);
        out.octets(core);
        return out.toBytes();
    }

    /** A core alone as it is, unless parts are missing. */
    private static byte @Nullable [] unwrapped(byte[] all) {
        if (all.length == 1) {
            return null;
        }
        StateInput in = new StateInput(all);
        in.octet();
        if (in.number() != CORE) {
            return all;
        }
        int start = in.position();
        in.skip(in.count());
        if (in.hasMore()) {
            return all;
        }
        byte[] core = new StateInput(all, start, all.length).octets();
        int kind = core.length == 0 ? IN_PARTS : core[0] & 0xFF;
        return kind == IN_PARTS || kind == COUNTING_CORE ? all : core;
    }

    /** The size of a stored value after changes, in bytes, if they only add. */
    public static int atMost(byte @Nullable [] stored, List<Part> changes) {
        int bytes = FRAME + (stored == null ? 0 : stored.length);
        for (Part change : changes) {
            bytes += FRAME + (change.bytes() == null ? 0 : change.bytes().length);
        }
        return bytes;
    }
}
