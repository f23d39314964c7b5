package io.clinicalstreams.pipeline.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;

/** FHIR references and identifiers in an alert. */
final class References {

    private References() {}

    /** A literal reference if there is one, else {@code system|value} as a logical reference. */
    static void patient(String text, ObjectNode reference) {
        if (text.indexOf('|') < 0) {
            reference.put("reference", text);
        } else {
            logical("Patient", text, reference);
        }
    }

    /** @param type of the resource: an Observation, or the Device of a heartbeat */
    static void evidence(String type, ObservationIdentity observation, ObjectNode reference) {
        switch (observation.kind()) {
            case ID -> reference.put("reference", type + '/' + observation.text());
            case URL, ENCOUNTER -> reference.put("reference", observation.text());
            case IDENTIFIER -> logical(type, observation.text(), reference);
            case COORDINATES ->
                identifier(
                        DetectedIssueWriter.BASE + "origin",
                        observation.text(),
                        reference.put("type", type).putObject("identifier"));
        }
    }

    /** @param system omitted if empty */
    static void identifier(String system, String value, ObjectNode identifier) {
        if (!system.isEmpty()) {
            identifier.put("system", system);
        }
        identifier.put("value", value);
    }

    private static void logical(String type, String identifier, ObjectNode reference) {
        int bar = identifier.indexOf('|');
        identifier(
                identifier.substring(0, Math.max(bar, 0)),
                identifier.substring(bar + 1),
                reference.put("type", type).putObject("identifier"));
    }
}
