package io.clinicalstreams.verifier.json;

import io.clinicalstreams.topics.wire.Reason;

/**
 * Something that well-formed JSON should not hold.
 *
 * @param position the byte where it stands
 * @param certain false where it lies between what must be taken and what must not
 */
public record Defect(Reason reason, int position, boolean certain) {

    public boolean isWithin(int start, int end) {
        return position >= start && position < end;
    }
}
