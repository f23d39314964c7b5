package io.clinicalstreams.verifier.json;

import io.clinicalstreams.topics.wire.Reason;

/**
 * A defect in well-formed JSON.
 *
 * @param position byte offset
 * @param certain false between the bounds of what must be accepted and what must be rejected
 */
public record Defect(Reason reason, int position, boolean certain) {

    public boolean isWithin(int start, int end) {
        return position >= start && position < end;
    }
}
