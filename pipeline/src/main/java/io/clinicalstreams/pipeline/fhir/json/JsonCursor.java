package io.clinicalstreams.pipeline.fhir.json;

import io.clinicalstreams.topics.wire.Reason;

/**
 * Walks a resource by its elements: enter an object, take its names one after the other, read or skip each value. Where
 * an element is not of the asked type, that is noted, it is skipped, and the answer is that there is none.
 */
public final class JsonCursor extends JsonWalk {

    /** Steps into an object; where there is another type, notes that and skips it. */
    public boolean enterObject() {
        return enter('{', true);
    }

    /** Steps into an array; where there is another type, notes that and skips it. */
    public boolean enterArray() {
        return enter('[', false);
    }

    private boolean enter(char opening, boolean isObject) {
        if (token() != opening) {
            wrongType();
            return false;
        }
        return push(isObject);
    }

    /** Reads a string that has at least one character. Where there is something else, notes that and skips it. */
    public long string() {
        if (token() != '"') {
            wrongType();
            return Span.NONE;
        }
        long span = takeString();
        if (span != Span.NONE && Span.length(span) == 0) {
            problems().element(Reason.INVALID_VALUE);
            return Span.NONE;
        }
        return span;
    }

    /** Reads a number. Where there is something else, or a number out of range, notes that and skips it. */
    public long number() {
        int next = token();
        if (next != '-' && (next < '0' || next > '9')) {
            wrongType();
            return Span.NONE;
        }
        return takeNumber();
    }

    /** What was read of a text that goes to a key, a state or an alert; where it is endless, notes that instead. */
    public long bounded(long span) {
        if (span != Span.NONE && Span.length(span) > Bounds.TEXT_BYTES) {
            problems().element(Reason.INVALID_VALUE);
            return Span.NONE;
        }
        return span;
    }

    /** Reads the string before which the cursor stands, also an empty one. */
    public long anyString() {
        return takeString();
    }

    /** Steps over a string, true. Where there is something else, notes that and skips it. */
    public boolean skipString() {
        return string() != Span.NONE;
    }

    /** Steps over true or false, true. Where there is something else, notes that and skips it. */
    public boolean skipBoolean() {
        int next = token();
        if (next != 't' && next != 'f') {
            wrongType();
            return false;
        }
        skip();
        return true;
    }

    private void wrongType() {
        problems().element(Reason.WRONG_ELEMENT_TYPE);
        skip();
    }

    /** Steps over an object and says whether it holds anything but an id. Where there is something else, notes that. */
    public boolean skipObject() {
        boolean content = false;
        if (enterObject()) {
            while (nextName()) {
                content |= element() != Element.ID;
                skip();
            }
        }
        return content;
    }
}
