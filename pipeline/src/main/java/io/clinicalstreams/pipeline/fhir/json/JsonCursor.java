package io.clinicalstreams.pipeline.fhir.json;

import io.clinicalstreams.topics.wire.Reason;

/**
 * Reads a resource element by element: enter an object, go through its names, read or skip each value. An element that
 * does not have the expected type is recorded as a problem, skipped, and returned as missing.
 */
public final class JsonCursor extends JsonWalk {

    /** Steps into an object. Anything else is recorded as a problem and skipped. */
    public boolean enterObject() {
        return enter('{', true);
    }

    /** Steps into an array. Anything else is recorded as a problem and skipped. */
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

    /** Reads a non-empty string. Anything else is recorded as a problem and skipped. */
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

    /** Reads a number. Anything else, or a number out of range, is recorded as a problem and skipped. */
    public long number() {
        int next = token();
        if (next != '-' && (next < '0' || next > '9')) {
            wrongType();
            return Span.NONE;
        }
        return takeNumber();
    }

    /**
     * Returns a text that becomes part of a key, state or alert; if it is too long, records that as a problem instead.
     */
    public long bounded(long span) {
        if (span != Span.NONE && Span.length(span) > Bounds.TEXT_BYTES) {
            problems().element(Reason.INVALID_VALUE);
            return Span.NONE;
        }
        return span;
    }

    /** Reads the string at the cursor, which may be empty. */
    public long anyString() {
        return takeString();
    }

    /** Skips a string and returns true. Anything else is recorded as a problem and skipped. */
    public boolean skipString() {
        return string() != Span.NONE;
    }

    /** Skips any value and returns true. */
    public boolean skipAny() {
        skip();
        return true;
    }

    /** Skips a boolean and returns true. Anything else is recorded as a problem and skipped. */
    public boolean skipBoolean() {
        int next = token();
        if (next != 't' && next != 'f') {
            wrongType();
            return false;
        }
        skip();
        return true;
    }

    /** Skips a null and returns true; false, and nothing is read, if there is another value. */
    public boolean skipNull() {
        if (token() != 'n') {
            return false;
        }
        skip();
        return true;
    }

    private void wrongType() {
        problems().element(Reason.WRONG_ELEMENT_TYPE);
        skip();
    }

    /** Skips an object and returns whether it contains more than an id. Anything else is recorded as a problem. */
    public boolean skipObject() {
        boolean content = false;
        for (boolean inside = enterObject(); inside && nextName(); ) {
            content |= element() != Element.ID;
            skip();
        }
        return content;
    }
}
