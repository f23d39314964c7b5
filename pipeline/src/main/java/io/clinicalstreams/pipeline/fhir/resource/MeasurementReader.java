package io.clinicalstreams.pipeline.fhir.resource;

import static java.util.Map.entry;

import io.clinicalstreams.pipeline.domain.observation.Measurement;
import io.clinicalstreams.pipeline.fhir.datatype.ConceptReader;
import io.clinicalstreams.pipeline.fhir.datatype.QuantityReader;
import io.clinicalstreams.pipeline.fhir.json.Decimals;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.Span;
import io.clinicalstreams.pipeline.fhir.json.TextCache;
import io.clinicalstreams.pipeline.fhir.json.TextMap;
import io.clinicalstreams.topics.wire.Reason;
import java.util.Map;

/**
 * Reads what an Observation and each component have in common: code, value[x] (only a Quantity in detail),
 * interpretations, and whether there is a modifierExtension.
 */
final class MeasurementReader {

    private enum Part {
        CODE,
        INTERPRETATION,
        MODIFIER,
        QUANTITY,
        OBJECT,
        STRING,
        BOOLEAN,
        INTEGER
    }

    private static final TextMap<Part> PARTS = new TextMap<>(Map.ofEntries(
            entry("code", Part.CODE),
            entry("interpretation", Part.INTERPRETATION),
            entry("modifierExtension", Part.MODIFIER),
            entry("valueQuantity", Part.QUANTITY),
            entry("valueCodeableConcept", Part.OBJECT),
            entry("valueRange", Part.OBJECT),
            entry("valueRatio", Part.OBJECT),
            entry("valueSampledData", Part.OBJECT),
            entry("valuePeriod", Part.OBJECT),
            entry("valueString", Part.STRING),
            entry("valueTime", Part.STRING),
            entry("valueDateTime", Part.STRING),
            entry("valueBoolean", Part.BOOLEAN),
            entry("valueInteger", Part.INTEGER)));

    private final ConceptReader code;
    private final ConceptReader interpretations;
    private final QuantityReader quantity;
    private int values;
    private boolean isModified;

    /** @param building whether {@link #measurement} will be used */
    MeasurementReader(boolean building, TextCache texts) {
        this.code = new ConceptReader(building, texts);
        this.interpretations = new ConceptReader(building, texts);
        this.quantity = new QuantityReader(building, texts);
    }

    void clear() {
        code.clear();
        interpretations.clear();
        quantity.clear();
        values = 0;
        isModified = false;
    }

    /** Reads the element at the cursor; returns false and reads nothing if it is not one of these. */
    boolean read(JsonCursor cursor) {
        Part part = cursor.name(PARTS);
        if (part == null) {
            return false;
        }
        switch (part) {
            case CODE -> code.read(cursor);
            case INTERPRETATION -> readInterpretations(cursor);
            case MODIFIER -> readModifiers(cursor);
            case QUANTITY -> count(quantity.read(cursor));
            case OBJECT -> count(cursor.skipObject());
            case STRING -> count(cursor.skipString());
            case BOOLEAN -> count(cursor.skipBoolean());
            case INTEGER -> count(skipInteger(cursor));
        }
        return true;
    }

    private void readInterpretations(JsonCursor cursor) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            interpretations.read(cursor);
        }
    }

    /** None is known, so only its presence matters. */
    private void readModifiers(JsonCursor cursor) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            isModified |= cursor.skipObject();
        }
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

    boolean hasCode() {
        return code.hasContent();
    }

    boolean hasValue() {
        return values > 0;
    }

    boolean hasMultipleValues() {
        return values > 1;
    }

    boolean hasTooManyCodings() {
        return code.hasTooManyCodings() || interpretations.hasTooManyCodings();
    }

    Measurement measurement() {
        boolean hasOtherValue = hasValue() && quantity.quantity() == null;
        return new Measurement(
                code.codings(), quantity.quantity(), hasOtherValue, interpretations.codings(), isModified);
    }
}
