package io.clinicalstreams.loadgen.generate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A resource's JSON, split into fixed bytes and slots. Filling it only copies bytes. */
final class Template {

    private final byte[][] pieces;
    private final Slot[] slots;
    private final int fixedLength;

    private Template(List<byte[]> pieces, List<Slot> slots) {
        this.pieces = pieces.toArray(byte[][]::new);
        this.slots = slots.toArray(Slot[]::new);
        this.fixedLength = pieces.stream().mapToInt(piece -> piece.length).sum();
    }

    /** Splits at each slot's mark; a mark may occur more than once. */
    static Template of(String json) {
        List<byte[]> pieces = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        int from = 0;
        while (true) {
            int at = Integer.MAX_VALUE;
            Slot next = null;
            for (Slot slot : Slot.values()) {
                int found = json.indexOf(slot.mark(), from);
                if (found >= 0 && found < at) {
                    at = found;
                    next = slot;
                }
            }
            if (next == null) {
                pieces.add(json.substring(from).getBytes(StandardCharsets.UTF_8));
                return new Template(pieces, slots);
            }
            pieces.add(json.substring(from, at).getBytes(StandardCharsets.UTF_8));
            slots.add(next);
            from = at + next.mark().length();
        }
    }

    /** The JSON with the slots filled, in a new array. */
    byte[] fill(SlotValues values) {
        int length = fixedLength;
        for (Slot slot : slots) {
            length += values.of(slot).length();
        }
        byte[] filled = new byte[length];
        int at = 0;
        for (int i = 0; i < slots.length; i++) {
            System.arraycopy(pieces[i], 0, filled, at, pieces[i].length);
            at = values.of(slots[i]).copy(filled, at + pieces[i].length);
        }
        byte[] last = pieces[slots.length];
        System.arraycopy(last, 0, filled, at, last.length);
        return filled;
    }
}
