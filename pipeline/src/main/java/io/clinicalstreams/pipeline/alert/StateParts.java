package io.clinicalstreams.pipeline.alert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

    static final int CORE = 0;

    /** At least the bytes of a part's number and length, and of the first byte. */
    private static final int FRAME = 11;

    private StateParts() {}

    static boolean isInParts(byte[] stored) {
        return stored.length > 0 && (stored[0] & 0xFF) == IN_PARTS;
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
