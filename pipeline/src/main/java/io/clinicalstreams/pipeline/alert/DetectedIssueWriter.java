package io.clinicalstreams.pipeline.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clinicalstreams.pipeline.domain.Alert;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.observation.Amount;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.topics.wire.Heartbeat;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes an alert as a FHIR R4 DetectedIssue, JSON in UTF-8. The same alert always has the same bytes.
 *
 * @param serviceVersion the version of this service, which is the alert's author
 */
public record DetectedIssueWriter(String serviceVersion) {

    /** The base of this project's FHIR URIs. */
    public static final String BASE = "https://clinical-streams.io/fhir/";

    private static final String TEST_DATA_SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    private static final String KIND_SYSTEM = BASE + "CodeSystem/alert-kind";
    private static final String EVIDENCE_SYSTEM = BASE + "CodeSystem/alert-evidence";
    private static final String NOT_ADVICE = "Reference application, not a medical device.";
    private static final JsonMapper JSON = new JsonMapper();

    public byte[] write(Alert alert) {
        try {
            return JSON.writeValueAsBytes(issue(alert));
        } catch (JsonProcessingException neverOfATree) {
            throw new UncheckedIOException(neverOfATree);
        }
    }

    private ObjectNode issue(Alert alert) {
        Episode episode = alert.episode();
        ObjectNode issue =
                JSON.createObjectNode().put("resourceType", "DetectedIssue").put("id", alert.alertId());
        meta(alert, issue.putObject("meta"));
        AlertExtensions.write(alert, issue.putArray("extension"));
        References.identifier(
                BASE + "alert", alert.alertId(), issue.putArray("identifier").addObject());
        issue.put("status", status(episode));
        ObjectNode code = issue.putObject("code");
        if (alert.rule() != null) {
            coding(KIND_SYSTEM, alert.rule().kind(), code);
        }
        code.put("text", title(alert));
        issue.put("severity", lowerCase(alert.severity()));
        if (!Heartbeat.isGateway(alert.patientReference())) {
            References.patient(alert.patientReference(), issue.putObject("patient"));
        }
        ObjectNode period = issue.putObject("identifiedPeriod")
                .put("start", episode.opening().time().toString());
        if (!episode.isOpen()) {
            boolean isWithoutReading =
                    episode.transition() == Transition.ENDED || episode.transition() == Transition.MOVED;
            Instant end = isWithoutReading ? alert.at() : episode.latest().time();
            period.put("end", end.toString());
        }
        References.identifier(
                BASE + "service",
                "clinical-streams/" + serviceVersion,
                issue.putObject("author").put("type", "Device").putObject("identifier"));
        evidence(alert, issue);
        issue.put("detail", detail(alert));
        String source = alert.rule() == null ? null : address(alert.rule().source());
        if (source != null) {
            issue.put("reference", source);
        }
        return issue;
    }

    private static void meta(Alert alert, ObjectNode meta) {
        meta.put("versionId", Integer.toString(alert.version()));
        meta.put("lastUpdated", alert.at().toString());
        if (alert.episode().generated()) {
            meta.putArray("security")
                    .addObject()
                    .put("system", TEST_DATA_SYSTEM)
                    .put("code", "HTEST");
        }
    }

    private static String status(Episode episode) {
        return switch (episode.transition()) {
            case RAISED -> episode.preliminary() ? "preliminary" : "final";
            case CONFIRMED -> "final";
            case ESCALATED, LOWERED, REPEATED, RECURRED, RESOLVED, ENDED, REOPENED, MOVED, CONTINUED -> "amended";
            case REVISED -> "corrected";
            case RETRACTED -> "entered-in-error";
        };
    }

    private static void evidence(Alert alert, ObjectNode issue) {
        Episode episode = alert.episode();
        boolean isGateway = Heartbeat.isGateway(alert.patientReference());
        String type = isGateway ? Heartbeat.RESOURCE_TYPE : "Observation";
        Set<Evidence> readings = new LinkedHashSet<>(List.of(episode.opening(), episode.latest()));
        readings.add(episode.worst());
        ArrayNode implicated = issue.putArray("implicated");
        if (isGateway) {
            implicated.addObject().put("reference", alert.patientReference());
        }
        readings.stream()
                .map(Evidence::observation)
                .distinct()
                .forEach(observation -> References.evidence(type, observation, implicated.addObject()));
        ArrayNode evidence = issue.putArray("evidence");
        for (Evidence reading : readings) {
            ObjectNode one = evidence.addObject();
            ArrayNode roles = one.putArray("code");
            role("opening", reading, episode.opening(), roles);
            role("latest", reading, episode.latest(), roles);
            role("worst", reading, episode.worst(), roles);
            References.evidence(
                    type, reading.observation(), one.putArray("detail").addObject());
        }
    }

    private static void role(String name, Evidence reading, Evidence actor, ArrayNode roles) {
        if (reading.equals(actor)) {
            coding(EVIDENCE_SYSTEM, name, roles.addObject());
        }
    }

    private static void coding(String system, String code, ObjectNode concept) {
        concept.putArray("coding").addObject().put("system", system).put("code", code);
    }

    private static String detail(Alert alert) {
        Rule rule = alert.rule();
        return title(alert) + ' ' + lowerCase(alert.transition()) + ": " + found(alert) + alert.criterionName() + ' '
                + alert.criterion() + (rule == null ? "" : ". Source: " + rule.source()) + ". " + NOT_ADVICE;
    }

    /** A removed rule has left only its id. */
    private static String title(Alert alert) {
        return alert.rule() == null ? alert.episode().ruleId() : alert.rule().title();
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
