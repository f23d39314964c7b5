package io.clinicalstreams.pipeline.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import java.io.IOException;

/** FHIR references and identifiers in an alert. */
final class References {

    private References() {}

    /** A literal reference if there is one, else {@code system|value} as a logical reference. */
    static void patient(String reference, JsonGenerator json) throws IOException {
        int bar = reference.indexOf('|');
        if (bar < 0) {
            json.writeStringField("reference", reference);
        } else {
            json.writeStringField("type", "Patient");
            json.writeFieldName("identifier");
            identifier(reference.substring(0, bar), reference.substring(bar + 1), json);
        }
    }

    static void observation(ObservationIdentity observation, JsonGenerator json) throws IOException {
        json.writeStartObject();
        switch (observation.kind()) {
            case ID -> json.writeStringField("reference", "Observation/" + observation.text());
            case IDENTIFIER -> logical(observation.text(), json);
            case COORDINATES -> {
                json.writeStringField("type", "Observation");
                json.writeFieldName("identifier");
                identifier(DetectedIssueWriter.BASE + "origin", observation.text(), json);
            }
        }
        json.writeEndObject();
    }

    /** @param system omitted if empty */
    static void identifier(String system, String value, JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (!system.isEmpty()) {
            json.writeStringField("system", system);
        }
        json.writeStringField("value", value);
        json.writeEndObject();
    }

    private static void logical(String identifier, JsonGenerator json) throws IOException {
        int bar = identifier.indexOf('|');
        json.writeStringField("type", "Observation");
        json.writeFieldName("identifier");
        identifier(identifier.substring(0, Math.max(bar, 0)), identifier.substring(bar + 1), json);
    }
}
