package io.clinicalstreams.verifier.alert;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.verifier.classify.ObservedResult;
import java.util.Objects;
import java.util.Set;

/** The FHIR elements in an alert that show a reading and refer to its patient and its Observation. */
final class IssueElements {

    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Set<String> COMPARATORS = Set.of("<", "<=", ">=", ">");

    private IssueElements() {}

    /** @param text a literal reference, or a system and a value with a bar between them */
    static ObjectNode patient(String text) {
        ObjectNode patient = JSON.objectNode();
        return text.contains("|") ? identifier(patient.put("type", "Patient"), text) : patient.put("reference", text);
    }

    static ObjectNode observation(String identity) {
        ObjectNode reference = JSON.objectNode();
        if (identity.contains("|")) {
            return identifier(reference.put("type", "Observation"), identity);
        }
        if (identity.contains("://")) {
            return reference.put("reference", identity);
        }
        return identity.contains("/")
                ? identifier(reference.put("type", "Observation"), WrittenIssue.ORIGIN_SYSTEM + '|' + identity)
                : reference.put("reference", "Observation/" + identity);
    }

    private static ObjectNode identifier(ObjectNode reference, String systemAndValue) {
        int bar = systemAndValue.indexOf('|');
        ObjectNode identifier = reference.putObject("identifier");
        if (bar > 0) {
            identifier.put("system", systemAndValue.substring(0, bar));
        }
        identifier.put("value", systemAndValue.substring(bar + 1));
        return reference;
    }

    static ObjectNode coding(String system, String code, ObjectNode concept) {
        concept.putArray("coding").addObject().put("system", system).put("code", code);
        return concept;
    }

    /** @param measured has a number */
    static ObjectNode quantity(ObservedResult measured) {
        ObjectNode quantity = JSON.objectNode();
        quantity.set("value", DecimalNode.valueOf(measured.value()));
        if (!comparator(measured).isEmpty()) {
            quantity.put("comparator", comparator(measured));
        }
        if (measured.unit() != null) {
            quantity.put("unit", measured.unit());
        }
        if (measured.coded()) {
            quantity.put("system", "http://unitsofmeasure.org").put("code", measured.unit());
        }
        return quantity;
    }

    /** The same as text. */
    static String valueText(ObservedResult measured) {
        return (comparator(measured) + measured.value() + ' ' + Objects.toString(measured.unit(), "")).strip();
    }

    private static String comparator(ObservedResult measured) {
        String comparator = measured.comparator();
        return comparator != null && COMPARATORS.contains(comparator) ? comparator : "";
    }

    static ObjectNode analyte(ObservedResult measured) {
        String[] systemAndCode = Objects.toString(measured.analyte(), "\n").split("\n", 2);
        ObjectNode analyte = JSON.objectNode();
        if (!systemAndCode[0].isEmpty()) {
            analyte.put("system", systemAndCode[0]);
        }
        return analyte.put("code", systemAndCode[1]);
    }
}
