package io.clinicalstreams.loadgen.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.clinicalstreams.loadgen.replay.ResourceFacts.Entry;
import io.clinicalstreams.loadgen.replay.ResourceFacts.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the facts of a resource in one streaming pass over its bytes. */
final class ResourceFactsReader {

    /** The types that the pipeline records; their times are a patient's history. */
    private static final Set<String> EVENTS = Set.of("Observation", "MedicationRequest", "Encounter");

    private final Json json;

    ResourceFactsReader(Json json) {
        this.json = json;
    }

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
        String resourceType = null;
        String id = null;
        Subject subject = null;
        String type = null;
        List<Entry> entries = List.of();
        long last = ResourceFacts.NEVER;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "resourceType" -> resourceType = Json.text(parser);
                case "id" -> id = Json.text(parser);
                case "type" -> type = Json.text(parser);
                case "subject" -> subject = subject(parser);
                case "patient" -> {
                    Subject patient = subject(parser);
                    subject = subject == null ? patient : subject;
                }
                case "entry" -> entries = entries(parser);
                case "effectiveDateTime", "effectiveInstant", "issued", "authoredOn" ->
                    last = Math.max(last, time(parser));
                case "effectivePeriod", "period" -> last = Math.max(last, period(parser));
                default -> parser.skipChildren();
            }
        }
        boolean event = resourceType != null && EVENTS.contains(resourceType);
        return new ResourceFacts(resourceType, id, subject, type, entries, event ? last : ResourceFacts.NEVER);
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

    private static @Nullable Subject subject(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        String reference = null;
        String type = null;
        String system = null;
        String value = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (name.equals("reference")) {
                reference = Json.text(parser);
            } else if (name.equals("type")) {
                type = Json.text(parser);
            } else if (name.equals("identifier") && token == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String part = parser.currentName();
                    parser.nextToken();
                    String text = Json.text(parser);
                    system = part.equals("system") ? text : system;
                    value = part.equals("value") ? text : value;
                }
            } else {
                parser.skipChildren();
            }
        }
        return new Subject(reference, type, system, value);
    }

    private static long period(JsonParser parser) throws IOException {
        long last = ResourceFacts.NEVER;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return last;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("start") || name.equals("end")) {
                last = Math.max(last, time(parser));
            } else {
                parser.skipChildren();
            }
        }
        return last;
    }

    private static long time(JsonParser parser) throws IOException {
        String text = Json.text(parser);
        ShiftableTime time = text == null ? null : ShiftableTime.parse(text);
        return time == null ? ResourceFacts.NEVER : time.latestSecond();
    }
}
