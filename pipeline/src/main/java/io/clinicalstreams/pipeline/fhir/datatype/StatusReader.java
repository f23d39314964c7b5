package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.TextMap;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a code that must be in a value set: a status or an intent. */
public final class StatusReader<T> {

    private final TextMap<T> valueSet;
    private long span;
    private @Nullable T value;

    public StatusReader(TextMap<T> valueSet) {
        this.valueSet = valueSet;
    }

    /** For a value set in which only membership matters. */
    public static StatusReader<String> ofCodes(String... codes) {
        return new StatusReader<>(new TextMap<>(
                Arrays.stream(codes).collect(Collectors.toMap(Function.identity(), Function.identity()))));
    }

    public void clear() {
        span = Span.NONE;
        value = null;
    }

    public void read(JsonCursor cursor) {
        span = cursor.string();
        value = valueSet.find(cursor.bytes(), span);
    }

    public boolean isMissing() {
        return span == Span.NONE;
    }

    public boolean isInvalid() {
        return span != Span.NONE && value == null;
    }

    /** Null if it is missing or not in the value set. */
    @Nullable
    public T value() {
        return value;
    }
}
