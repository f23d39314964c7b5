package io.clinicalstreams.pipeline.fhir;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a code that must be one of a value set: a status or an intent. */
final class StatusReader<T> {

    private final Lexicon<T> valueSet;
    private long span;
    private @Nullable T value;

    StatusReader(Lexicon<T> valueSet) {
        this.valueSet = valueSet;
    }

    /** For where only the membership counts. */
    static StatusReader<String> ofCodes(String... codes) {
        return new StatusReader<>(new Lexicon<>(
                Arrays.stream(codes).collect(Collectors.toMap(Function.identity(), Function.identity()))));
    }

    void clear() {
        span = Span.NONE;
        value = null;
    }

    void read(JsonCursor cursor) {
        span = cursor.string();
        value = valueSet.find(cursor.bytes(), span);
    }

    boolean isMissing() {
        return span == Span.NONE;
    }

    boolean isInvalid() {
        return span != Span.NONE && value == null;
    }

    /** Null when it is missing or not in the value set. */
    @Nullable
    T value() {
        return value;
    }
}
