package io.clinicalstreams.pipeline.fhir.json;

import io.clinicalstreams.topics.wire.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes through one JSON text from start to end and enforces its limits: depth, numbers, lengths, duplicate names.
 * Skipped values are checked like values that are read, without recursion. Data never causes an exception: malformed
 * text moves the position to the end, which terminates every loop, and {@link #problems} has the reason.
 */
class JsonWalk {

    private static final int END_OF_TEXT = Integer.MIN_VALUE;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final ReadProblems problems = new ReadProblems();
    private final ObjectNames names = new ObjectNames();
    private final Spans references = new Spans();
    private final Spans uris = new Spans();

    /** For each open container, whether it is an object. */
    private final boolean[] objects = new boolean[Bounds.NESTING + 1];

    private byte[] bytes = {};
    private int at;
    private int limit;
    private int depth;

    /** True between the opening of a container and its first member. */
    private boolean fresh;

    private Element element = Element.OTHER;

    /** Told of each token; null if there is none. */
    private @Nullable TokenListener listener;

    /** The current member's name: its position and hash. */
    private byte[] nameText = {};

    private int nameStart;
    private int nameEnd;
    private long nameHash;

    /** Starts over, before the first token of a JSON text. */
    public final void open(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        at = from;
        limit = to;
        depth = 0;
        fresh = false;
        element = Element.OTHER;
        listener = null;
        problems.reset();
        references.clear();
        uris.clear();
        names.reset(bytes);
    }

    /** Tells of each token from now on, until the next text is opened. */
    public final void tell(TokenListener listener) {
        this.listener = listener;
    }

    public final byte[] bytes() {
        return bytes;
    }

    public final ReadProblems problems() {
        return problems;
    }

    /** The text of every {@code reference} element so far, at any depth. */
    public final Spans references() {
        return references;
    }

    /** The text of every element so far, at any depth, that is a uri or url and may be a {@code urn:}. */
    public final Spans uris() {
        return uris;
    }

    /** The offset of the next token. */
    public final int position() {
        token();
        return at;
    }

    /** The offset after the last token read. */
    public final int end() {
        return at;
    }

    public final boolean isAtObject() {
        return token() == '{';
    }

    public final boolean isAtArray() {
        return token() == '[';
    }

    public final boolean isAtString() {
        return token() == '"';
    }

    /** Moves to the value of the object's next member; at the end, leaves the object and returns false. */
    public final boolean nextName() {
        int next = token();
        if (next == '}') {
            return pop();
        }
        if (fresh) {
            fresh = false;
        } else if (next == ',') {
            at++;
            next = token();
        } else {
            return fail(Reason.NOT_JSON);
        }
        long name = next == '"' ? JsonLexer.string(bytes, at + 1, limit) : Span.NONE;
        if (name == Span.NONE) {
            return fail(Reason.NOT_JSON);
        }
        at = Span.end(name) + 1;
        if (token() != ':') {
            return fail(Reason.NOT_JSON);
        }
        at++;
        take(name);
        if (listener != null) {
            listener.name();
        }
        return true;
    }

    private void take(long name) {
        int start = Span.start(name);
        int end = Span.end(name);
        byte[] text = bytes;
        if (Span.isEscaped(name)) {
            text = Text.utf8(bytes, name);
            start = 0;
            end = text.length;
        }
        long hash = ByteWords.hash(text, start, end);
        if (!names.add(name, hash)) {
            problems.json(Reason.DUPLICATE_KEY);
        }
        if (Text.isLongerThan(Bounds.STRING_CHARACTERS, bytes, name)) {
            problems.json(Reason.STRING_TOO_LONG);
        }
        nameText = text;
        nameStart = start;
        nameEnd = end;
        nameHash = hash;
        Element known = name(Element.BY_NAME);
        element = known == null ? Element.OTHER : known;
    }

    /** Looks up the current member's name; null if it is unknown. */
    public final <T> @Nullable T name(TextMap<T> meanings) {
        return meanings.find(nameText, nameStart, nameEnd, nameHash);
    }

    /** The current member's name. */
    public final Element element() {
        return element;
    }

    /** Moves to the next value of the array; at the end, leaves the array and returns false. */
    public final boolean nextElement() {
        int next = token();
        if (next == ']') {
            return pop();
        }
        element = Element.OTHER;
        if (fresh) {
            fresh = false;
        } else if (next == ',') {
            at++;
        } else {
            return fail(Reason.NOT_JSON);
        }
        if (listener != null) {
            listener.element();
        }
        return true;
    }

    /** Skips the value at the cursor. */
    public final void skip() {
        int floor = depth;
        value();
        while (depth > floor) {
            if (objects[depth] ? nextName() : nextElement()) {
                value();
            }
        }
    }

    /** What the listener expects of the next value; null if it has to be told of it. */
    final @Nullable Object expected() {
        return listener == null ? Element.OTHER : listener.expected();
    }

    /** True if nothing was wrong so far. */
    final boolean isClean() {
        return problems.first() == null && (listener == null || !listener.hasProblem());
    }

    /** True if so many bytes are left. */
    final boolean has(int more) {
        return at + more <= limit;
    }

    /** Passes a value that was read before at the same depth, and was clean, if it is what comes next. */
    final boolean pass(byte[] value) {
        boolean same = has(value.length) && Arrays.equals(value, 0, value.length, bytes, at, at + value.length);
        at += same ? value.length : 0;
        return same;
    }

    final int depth() {
        return depth;
    }

    /** How many references and uris there were so far. */
    final int referencesAndUris() {
        return references.size() + uris.size();
    }

    /** Checks that only whitespace follows. */
    public final void finish() {
        if (token() != END_OF_TEXT) {
            fail(Reason.NOT_JSON);
        }
    }

    private void value() {
        switch (token()) {
            case '{' -> push(true);
            case '[' -> push(false);
            case '"' -> takeString();
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> takeNumber();
            case 't' -> takeLiteral(TRUE);
            case 'f' -> takeLiteral(FALSE);
            case 'n' -> takeLiteral(NULL);
            default -> fail(Reason.NOT_JSON);
        }
    }

    final long takeString() {
        long span = JsonLexer.string(bytes, at + 1, limit);
        if (span == Span.NONE) {
            fail(Reason.NOT_JSON);
            return Span.NONE;
        }
        at = Span.end(span) + 1;
        if (element == Element.REFERENCE) {
            references.add(span);
        } else if (element.isUri()
                && Span.length(span) > 0
                && (bytes[Span.start(span)] == 'u' || Span.isEscaped(span))) {
            uris.add(span);
        }
        if (listener != null) {
            listener.string(span);
        }
        if (Span.length(span) > Bounds.STRING_CHARACTERS
                && !element.isUnlimited()
                && Text.isLongerThan(Bounds.STRING_CHARACTERS, bytes, span)) {
            problems.json(Reason.STRING_TOO_LONG);
        }
        return span;
    }

    final long takeNumber() {
        int start = at;
        int end = JsonLexer.number(bytes, at, limit);
        if (end == JsonLexer.BROKEN) {
            fail(Reason.NOT_JSON);
            return Span.NONE;
        }
        at = end;
        if (!Decimals.isInRange(bytes, start, end)) {
            problems.json(Reason.NUMBER_OUT_OF_RANGE);
            return Span.NONE;
        }
        long span = Span.of(start, end, false);
        if (listener != null) {
            listener.number(span);
        }
        return span;
    }

    private void takeLiteral(byte[] literal) {
        int end = JsonLexer.literal(bytes, at, limit, literal);
        if (end == JsonLexer.BROKEN) {
            fail(Reason.NOT_JSON);
            return;
        }
        if (listener != null) {
            listener.literal(literal != NULL);
        }
        at = end;
    }

    final boolean push(boolean isObject) {
        if (depth == Bounds.NESTING) {
            return fail(Reason.NESTING_TOO_DEEP);
        }
        if (listener != null) {
            listener.open(isObject);
        }
        at++;
        objects[++depth] = isObject;
        if (isObject) {
            names.openObject();
        }
        fresh = true;
        return true;
    }

    private boolean pop() {
        at++;
        if (objects[depth--]) {
            names.closeObject();
        }
        fresh = false;
        if (listener != null) {
            listener.close();
        }
        return false;
    }

    /** Records why the text cannot be read further and moves to its end; always returns false. */
    private boolean fail(Reason reason) {
        problems.unreadable(reason);
        at = limit;
        depth = 0;
        return false;
    }

    /** Skips whitespace; returns the next byte or {@link #END_OF_TEXT}. */
    final int token() {
        while (at < limit) {
            byte next = bytes[at];
            if (next > ' ' || !JsonLexer.isWhitespace(next)) {
                return next;
            }
            at++;
        }
        return END_OF_TEXT;
    }
}
