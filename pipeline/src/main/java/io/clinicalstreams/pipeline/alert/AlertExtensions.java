package io.clinicalstreams.pipeline.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import io.clinicalstreams.pipeline.domain.Alert;
import io.clinicalstreams.pipeline.domain.observation.Amount;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Unit;
import java.io.IOException;
import java.util.Locale;

/**
 * Extensions for what DetectedIssue has no element for: rule, transition, value, limit, analyte, encounter and counts.
 */
final class AlertExtensions {

    private static final String UCUM = "http://unitsofmeasure.org";

    private AlertExtensions() {}

    static void write(Alert alert, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("extension");
        text("rule", "valueString", alert.rule().id(), json);
        text("rule-version", "valueString", alert.rule().version(), json);
        text("transition", "valueCode", alert.transition().name().toLowerCase(Locale.ROOT), json);
        if (alert.reading().amount() != null) {
            value(alert.reading().amount(), json);
        }
        text(alert.rule().criterionName(), "valueString", alert.criterion(), json);
        if (alert.episode().analyte() != null) {
            analyte(alert.episode().analyte(), json);
        }
        if (alert.episode().encounter() != null) {
            start("encounter", json);
            json.writeObjectFieldStart("valueReference");
            json.writeStringField("reference", alert.episode().encounter());
            json.writeEndObject();
            json.writeEndObject();
        }
        number("escalations", alert.episode().escalations(), json);
        number("suppressed", alert.episode().suppressed(), json);
        json.writeEndArray();
    }

    private static void analyte(Coding analyte, JsonGenerator json) throws IOException {
        start("analyte", json);
        json.writeObjectFieldStart("valueCoding");
        if (analyte.system() != null) {
            json.writeStringField("system", analyte.system());
        }
        json.writeStringField("code", analyte.code());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void value(Amount amount, JsonGenerator json) throws IOException {
        start("value", json);
        json.writeObjectFieldStart("valueQuantity");
        json.writeFieldName("value");
        json.writeNumber(amount.value().value().toString());
        String comparator = amount.value().bound().symbol();
        if (!comparator.isEmpty()) {
            json.writeStringField("comparator", comparator);
        }
        Unit unit = amount.unit();
        if (!unit.equals(Unit.NONE)) {
            json.writeStringField("unit", unit.text());
        }
        if (unit.coded()) {
            json.writeStringField("system", UCUM);
            json.writeStringField("code", unit.text());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void start(String name, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("url", DetectedIssueWriter.BASE + name);
    }

    private static void text(String name, String type, String value, JsonGenerator json) throws IOException {
        start(name, json);
        json.writeStringField(type, value);
        json.writeEndObject();
    }

    private static void number(String name, int value, JsonGenerator json) throws IOException {
        start(name, json);
        json.writeNumberField("valueInteger", value);
        json.writeEndObject();
    }
}
