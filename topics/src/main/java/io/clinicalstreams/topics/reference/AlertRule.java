package io.clinicalstreams.topics.reference;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule as it stands in the topic {@code reference.alert.rule}: what all kinds of rules say, and
 * the content of its kind. Limits are texts such as {@code >=6.5}, exactly as written.
 *
 * @param id with its owner before it, {@code curated/potassium-high}: also the record's key
 * @param version the first 12 hex digits of the SHA-256 of the canonical JSON without version
 * @param analyte what it watches, in words
 * @param source who published the limits
 * @param maxAge older readings are not evaluated
 * @param coolDown how long the same finding is not repeated
 * @param age null where the rule is for everybody
 */
public record AlertRule(
        String id,
        String version,
        String title,
        String analyte,
        String source,
        Duration maxAge,
        Duration coolDown,
        @Nullable Age age,
        RuleContent content) {

    /**
     * Ages in completed years.
     *
     * @param fromYears inclusive
     * @param belowYears exclusive
     */
    public record Age(@Nullable Integer fromYears, @Nullable Integer belowYears) {}

    /** A code in a code system, {@code http://loinc.org} for most. */
    public record Code(String system, String code) {

        static final String LOINC = "http://loinc.org";

        static void write(String name, List<Code> codes, JsonGenerator json) throws IOException {
            json.writeArrayFieldStart(name);
            for (Code code : codes) {
                json.writeStartObject();
                json.writeStringField("system", code.system());
                json.writeStringField("code", code.code());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    AlertRule withVersion(String version) {
        return new AlertRule(id, version, title, analyte, source, maxAge, coolDown, age, content);
    }
}
