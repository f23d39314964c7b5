package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.Quantity;
import io.clinicalstreams.pipeline.domain.Reason;
import io.clinicalstreams.pipeline.fhir.datatype.QuantityReader;
import io.clinicalstreams.pipeline.fhir.json.Decimals;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.TextCache;
import org.jspecify.annotations.Nullable;

/** Reads value[x] of an Observation or of one of its components. Only a Quantity is looked into. */
final class ValueReader {

    private final QuantityReader quantity;
    private int values;

    ValueReader(boolean building, TextCache texts) {
        this.quantity = new QuantityReader(building, texts);
    }

    void clear() {
        values = 0;
        quantity.clear();
    }

    /** Reads the element before whose value the cursor stands; false, and nothing read, when it is no value[x]. */
    boolean read(JsonCursor cursor) {
        switch (cursor.element()) {
            case VALUE_QUANTITY -> count(quantity.read(cursor));
            case VALUE_CODEABLE_CONCEPT, VALUE_RANGE, VALUE_RATIO, VALUE_SAMPLED_DATA, VALUE_PERIOD ->
                count(cursor.skipObject());
            case VALUE_STRING, VALUE_TIME, VALUE_DATE_TIME -> count(cursor.skipString());
            case VALUE_BOOLEAN -> count(cursor.skipBoolean());
            case VALUE_INTEGER -> count(skipInteger(cursor));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean skipInteger(JsonCursor cursor) {
        long number = cursor.number();
        if (number != Span.NONE && !Decimals.isInteger(cursor.bytes(), number)) {
            cursor.problems().element(Reason.INVALID_VALUE);
        }
        return number != Span.NONE;
    }

    private void count(boolean present) {
        values += present ? 1 : 0;
    }

    boolean isPresent() {
        return values > 0;
    }

    boolean isMultiple() {
        return values > 1;
    }

    /** Null when the value is missing or of another type. */
    @Nullable
    Quantity quantity() {
        return quantity.quantity();
    }
}
