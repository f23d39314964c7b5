package io.clinicalstreams.pipeline.alert;

import com.fasterxml.jackson.core.JsonGenerator;
import io.clinicalstreams.pipeline.domain.Alert;
import io.clinicalstreams.pipeline.domain.Evidence;
import java.io.IOException;
import java.util.Locale;

/** What DetectedIssue has no element for: rule, transition, value, limit, encounter and counts. */
final class AlertExtensions {

    private static final String UCUM = "http://unitsofmeasure.org";

    private AlertExtensions() {}

    static void write(Alert alert, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("extension");
        text("rule", "valueString", alert.rule().id(), json);
        text("rule-version", "valueString", alert.rule().version(), json);
        text("transition", "valueCode", alert.transition().name().toLowerCase(Locale.ROOT), json);
        value(alert.reading(), json);
        text("limit", "valueString", alert.limit().toString() + ' ' + alert.unit(), json);
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

    private static void value(Evidence reading, JsonGenerator json) throws IOException {
        start("value", json);
        json.writeObjectFieldStart("valueQuantity");
        json.writeFieldName("value");
        json.writeNumber(reading.value().value().toString());
        String comparator = reading.value().bound().symbol();
        if (!comparator.isEmpty()) {
            json.writeStringField("comparator", comparator);
        }
        json.writeStringField("unit", reading.unit().text());
        if (reading.unit().coded()) {
            json.writeStringField("system", UCUM);
            json.writeStringField("code", reading.unit().text());
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
