package io.clinicalstreams.pipeline.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.clinicalstreams.pipeline.domain.Alert;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.observation.Amount;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes an alert as a FHIR R4 DetectedIssue, JSON in UTF-8. The same alert always has the same bytes. */
public final class DetectedIssueWriter {

    /** The base of this project's FHIR URIs. */
    public static final String BASE = "https://clinical-streams.io/fhir/";

    private static final String TEST_DATA_SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    private static final String KIND_SYSTEM = BASE + "CodeSystem/alert-kind";
    private static final String EVIDENCE_SYSTEM = BASE + "CodeSystem/alert-evidence";
    private static final String NOT_ADVICE = "Reference application, not a medical device.";
    private static final JsonFactory JSON = new JsonFactory();

    private final String serviceVersion;

    /** @param serviceVersion the version of this service, which is the alert's author */
    public DetectedIssueWriter(String serviceVersion) {
        this.serviceVersion = serviceVersion;
    }

    public byte[] write(Alert alert) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(alert, json);
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
        return bytes.toByteArray();
    }

    private void write(Alert alert, JsonGenerator json) throws IOException {
        Episode episode = alert.episode();
        json.writeStartObject();
        json.writeStringField("resourceType", "DetectedIssue");
        json.writeStringField("id", alert.alertId());
        meta(alert, json);
        AlertExtensions.write(alert, json);
        json.writeArrayFieldStart("identifier");
        References.identifier(BASE + "alert", alert.alertId(), json);
        json.writeEndArray();
        json.writeStringField("status", status(episode));
        json.writeObjectFieldStart("code");
        coding(KIND_SYSTEM, alert.rule().kind(), json);
        json.writeStringField("text", alert.rule().title());
        json.writeEndObject();
        json.writeStringField("severity", lowerCase(alert.severity()));
        json.writeObjectFieldStart("patient");
        References.patient(alert.patientReference(), json);
        json.writeEndObject();
        json.writeObjectFieldStart("identifiedPeriod");
        json.writeStringField("start", episode.opening().time().toString());
        if (!episode.isOpen()) {
            json.writeStringField("end", episode.latest().time().toString());
        }
        json.writeEndObject();
        author(json);
        evidence(episode, json);
        json.writeStringField("detail", detail(alert));
        String source = address(alert.rule().source());
        if (source != null) {
            json.writeStringField("reference", source);
        }
        json.writeEndObject();
    }

    private static void meta(Alert alert, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("meta");
        json.writeStringField("versionId", Integer.toString(alert.version()));
        json.writeStringField("lastUpdated", alert.at().toString());
        if (alert.episode().generated()) {
            json.writeArrayFieldStart("security");
            json.writeStartObject();
            json.writeStringField("system", TEST_DATA_SYSTEM);
            json.writeStringField("code", "HTEST");
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static String status(Episode episode) {
        return switch (episode.transition()) {
            case RAISED -> episode.preliminary() ? "preliminary" : "final";
            case CONFIRMED -> "final";
            case ESCALATED, LOWERED, REPEATED, RESOLVED, REOPENED -> "amended";
            case REVISED -> "corrected";
            case RETRACTED -> "entered-in-error";
        };
    }

    private void author(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("author");
        json.writeStringField("type", "Device");
        json.writeFieldName("identifier");
        References.identifier(BASE + "service", "clinical-streams/" + serviceVersion, json);
        json.writeEndObject();
    }

    private static void evidence(Episode episode, JsonGenerator json) throws IOException {
        Set<Evidence> readings = new LinkedHashSet<>(List.of(episode.opening(), episode.latest()));
        readings.add(episode.worst());
        json.writeArrayFieldStart("implicated");
        for (var observation :
                readings.stream().map(Evidence::observation).distinct().toList()) {
            References.observation(observation, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("evidence");
        for (Evidence reading : readings) {
            json.writeStartObject();
            json.writeArrayFieldStart("code");
            role("opening", reading, episode.opening(), json);
            role("latest", reading, episode.latest(), json);
            role("worst", reading, episode.worst(), json);
            json.writeEndArray();
            json.writeArrayFieldStart("detail");
            References.observation(reading.observation(), json);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void role(String name, Evidence reading, Evidence actor, JsonGenerator json) throws IOException {
        if (reading.equals(actor)) {
            json.writeStartObject();
            coding(EVIDENCE_SYSTEM, name, json);
            json.writeEndObject();
        }
    }

    private static void coding(String system, String code, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("coding");
        json.writeStartObject();
        json.writeStringField("system", system);
        json.writeStringField("code", code);
        json.writeEndObject();
        json.writeEndArray();
    }

    private static String detail(Alert alert) {
        Rule rule = alert.rule();
        return rule.title() + ' ' + lowerCase(alert.transition()) + ": " + found(alert) + rule.criterionName() + ' '
                + alert.criterion() + ". Source: " + rule.source() + ". " + NOT_ADVICE;
    }

    /** Analyte and value, each followed by a comma; empty if there is neither. */
    private static String found(Alert alert) {
        Coding analyte = alert.episode().analyte();
        Amount amount = alert.reading().amount();
        return (analyte == null ? "" : analyte.code() + ", ")
                + (amount == null
                        ? ""
                        : (amount.value().bound().symbol()
                                                + amount.value().value()
                                                + ' '
                                                + amount.unit().text())
                                        .stripTrailing()
                                + ", ");
    }

    /** The web address in a source; null if there is none. */
    private static @Nullable String address(String source) {
        int start = source.indexOf("https://");
        if (start < 0) {
            return null;
        }
        int end = start;
        while (end < source.length() && " ,;()".indexOf(source.charAt(end)) < 0) {
            end++;
        }
        return source.substring(start, end);
    }

    private static String lowerCase(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String lowerCase(Transition transition) {
        return transition.name().toLowerCase(Locale.ROOT);
    }
}
