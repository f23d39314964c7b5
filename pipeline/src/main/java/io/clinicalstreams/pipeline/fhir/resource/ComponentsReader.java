package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.Measurement;
import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.json.Element;
import io.clinicalstreams.pipeline.fhir.json.JsonCursor;
import io.clinicalstreams.pipeline.fhir.json.TextCache;
import java.util.ArrayList;
import java.util.List;

/** Reads the components of an Observation. */
final class ComponentsReader {

    private final boolean building;
    private final MeasurementReader measurement;
    private final ReferenceRangeReader ranges;
    private final List<Measurement> measurements = new ArrayList<>();
    private int components;
    private boolean hasTooManyCodings;
    private boolean lacksCode;
    private boolean hasMultipleValues;

    /** @param ranges shared with the Observation: obs-3 applies to both */
    ComponentsReader(boolean building, TextCache texts, ReferenceRangeReader ranges) {
        this.building = building;
        this.measurement = new MeasurementReader(building, texts);
        this.ranges = ranges;
    }

    void clear() {
        measurements.clear();
        components = 0;
        hasTooManyCodings = false;
        lacksCode = false;
        hasMultipleValues = false;
    }

    void read(JsonCursor cursor) {
        for (boolean inside = cursor.enterArray(); inside && cursor.nextElement(); ) {
            if (++components > Bounds.COMPONENTS) {
                cursor.skip();
            } else {
                readComponent(cursor);
            }
        }
    }

    private void readComponent(JsonCursor cursor) {
        measurement.clear();
        if (!cursor.enterObject()) {
            return;
        }
        while (cursor.nextName()) {
            if (cursor.element() == Element.REFERENCE_RANGE) {
                ranges.read(cursor);
            } else if (!measurement.read(cursor)) {
                cursor.skip();
            }
        }
        lacksCode |= !measurement.hasCode();
        hasMultipleValues |= measurement.hasMultipleValues();
        hasTooManyCodings |= measurement.hasTooManyCodings();
        if (building) {
            measurements.add(measurement.measurement());
        }
    }

    boolean isPresent() {
        return components > 0;
    }

    /** True if there are more than allowed, or one of them has more codings than allowed. */
    boolean hasTooMany() {
        return components > Bounds.COMPONENTS || hasTooManyCodings;
    }

    /** True if one of them has no code. */
    boolean lacksCode() {
        return lacksCode;
    }

    /** True if one of them has more than one value[x]. */
    boolean hasMultipleValues() {
        return hasMultipleValues;
    }

    List<Measurement> measurements() {
        return measurements;
    }
}
