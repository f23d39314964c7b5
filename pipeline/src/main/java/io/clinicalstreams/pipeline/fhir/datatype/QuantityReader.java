package io.clinicalstreams.pipeline.fhir.datatype;

import io.clinicalstreams.pipeline.domain.observation.Quantity;
import io.clinicalstreams.pipeline.fhir.json.Decimals;
import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.TextCache;
import io.clinicalstreams.pipeline.fhir.json.TextMap;
import io.clinicalstreams.topics.wire.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a Quantity. */
public final class QuantityReader {

    private static final TextMap<String> COMPARATORS =
            new TextMap<>(Map.of("<", "<", "<=", "<=", ">=", ">=", ">", ">"));

    private final boolean building;
    private final TextCache texts;
    private @Nullable Quantity quantity;

    /** @param building whether {@link #quantity} will be used */
    public QuantityReader(boolean building, TextCache texts) {
        this.building = building;
        this.texts = texts;
    }

    public void clear() {
        quantity = null;
    }

    /** False if it contains nothing but an id. */
    public boolean read(JsonCursor cursor) {
        byte[] bytes = cursor.bytes();
        boolean hasContent = false;
        String comparator = null;
        long value = Span.NONE;
        long unit = Span.NONE;
        long system = Span.NONE;
        long code = Span.NONE;
        for (boolean inside = cursor.enterObject(); inside && cursor.nextName(); ) {
            hasContent |= cursor.element() != Element.ID;
            switch (cursor.element()) {
                case COMPARATOR -> comparator = readComparator(cursor);
                case VALUE -> value = cursor.number();
                case UNIT -> unit = cursor.bounded(cursor.string());
                case SYSTEM -> system = cursor.string();
                case CODE -> code = cursor.bounded(Codes.read(cursor));
                default -> cursor.skip();
            }
        }
        if (building && hasContent) {
            quantity = new Quantity(
                    comparator,
                    value == Span.NONE ? null : Decimals.read(bytes, value),
                    texts.text(bytes, unit),
                    texts.text(bytes, system),
                    texts.text(bytes, code));
        }
        return hasContent;
    }

    private static @Nullable String readComparator(JsonCursor cursor) {
        long span = cursor.string();
        String comparator = COMPARATORS.find(cursor.bytes(), span);
        if (comparator == null && span != Span.NONE) {
            cursor.problems().element(Reason.INVALID_VALUE);
        }
        return comparator;
    }

    /** Null if there was none, or if it is not to be built. */
    @Nullable
    public Quantity quantity() {
        return quantity;
    }
}
