package io.clinicalstreams.loadgen.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.clinicalstreams.loadgen.replay.ResourceFacts.Entry;
import io.clinicalstreams.loadgen.replay.ResourceFacts.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the facts of a resource in one streaming pass over its bytes. */
record ResourceFactsReader(Json json) {

    /** The types that the pipeline records; their times are a patient's history. */
    private static final Set<String> EVENTS = Set.of("Observation", "MedicationRequest", "Encounter");

    private static final Set<String> ELEMENTS = Set.of("resourceType", "id", "type", "status", "subject", "patient");

    private static final Set<String> WITHOUT_RESULT = Set.of("registered", "cancelled", "entered-in-error", "unknown");

    private static final Set<String> TIMES =
            Set.of("effectiveDateTime", "effectiveInstant", "effectivePeriod", "issued", "authoredOn", "period");

    /** The facts, or null when the bytes are not one JSON object. */
    @Nullable
    ResourceFacts read(byte[] document) {
        try (JsonParser parser = json.parser(document)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            ResourceFacts facts = resource(parser);
            return parser.nextToken() == null ? facts : null;
        } catch (IOException unreadable) {
            return null;
        }
    }

    private ResourceFacts resource(JsonParser parser) throws IOException {
        Map<String, JsonNode> elements = new HashMap<>();
        List<Entry> entries = List.of();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("entry")) {
                entries = entries(parser);
            } else if (ELEMENTS.contains(name) || TIMES.contains(name)) {
                elements.put(name, parser.readValueAsTree());
            } else {
                parser.skipChildren();
            }
        }
        String resourceType = text(elements.get("resourceType"));
        Subject subject = subject(elements.get("subject"));
        return new ResourceFacts(
                resourceType,
                text(elements.get("id")),
                subject == null ? subject(elements.get("patient")) : subject,
                text(elements.get("type")),
                entries,
                resourceType != null && EVENTS.contains(resourceType)
                        ? TIMES.stream()
                                .mapToLong(name -> last(elements.get(name)))
                                .max()
                                .orElseThrow()
                        : ResourceFacts.NEVER,
                "Observation".equals(resourceType)
                        && !WITHOUT_RESULT.contains(String.valueOf(text(elements.get("status")))));
    }

    private List<Entry> entries(JsonParser parser) throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return entries;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                entries.add(entry(parser));
            } else {
                parser.skipChildren();
                entries.add(new Entry(null, null, 0, 0));
            }
        }
        return entries;
    }

    private Entry entry(JsonParser parser) throws IOException {
        String fullUrl = null;
        ResourceFacts resource = null;
        int start = 0;
        int end = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("fullUrl")) {
                fullUrl = Json.text(parser);
            } else if (name.equals("resource") && value == JsonToken.START_OBJECT) {
                start = Json.start(parser);
                resource = resource(parser);
                end = Json.start(parser) + 1;
            } else {
                parser.skipChildren();
            }
        }
        return new Entry(fullUrl, resource, start, end);
    }

    private static @Nullable Subject subject(@Nullable JsonNode reference) {
        if (reference == null || !reference.isObject()) {
            return null;
        }
        JsonNode identifier = reference.path("identifier");
        return new Subject(
                text(reference.get("reference")),
                text(reference.get("type")),
                text(identifier.get("system")),
                text(identifier.get("value")));
    }

    /** The last second of a time or a period. */
    private static long last(@Nullable JsonNode element) {
        if (element != null && element.isObject()) {
            return Math.max(last(element.get("start")), last(element.get("end")));
        }
        String text = text(element);
        ShiftableTime time = text == null ? null : ShiftableTime.parse(text);
        return time == null ? ResourceFacts.NEVER : time.latestSecond();
    }

    private static @Nullable String text(@Nullable JsonNode element) {
        return element == null ? null : element.textValue();
    }
}
