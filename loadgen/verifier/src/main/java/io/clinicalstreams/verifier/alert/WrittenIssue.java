package io.clinicalstreams.verifier.alert;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The DetectedIssue of one version of an alert, as the lane wrote it. */
record WrittenIssue(AlertForm form, JsonNode json) {

    static final String ORIGIN_SYSTEM = AlertForm.EXTENSIONS + "origin";

    /** Decimals keep their digits. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** Null when it is a tombstone or not an alert. */
    static @Nullable WrittenIssue read(ConsumerRecord<byte[], byte[]> record) {
        AlertForm form = record.value() == null ? null : AlertForm.read(record.value());
        try {
            return form == null ? null : new WrittenIssue(form, JSON.readTree(record.value()));
        } catch (IOException notJson) {
            return null;
        }
    }

    String ruleVersion() {
        return extension("rule-version").path("valueString").asText();
    }

    /** Whether it ended without a reading. */
    boolean isEnded() {
        return form.transition().equals("ended") || form.transition().equals("moved");
    }

    /** Whether it was the alert of a duplicate before. */
    boolean isContinued() {
        return form.transition().equals("continued");
    }

    /** Why it ended without a reading; empty when it did not. */
    String endReason() {
        return extension("end-reason").path("valueString").asText();
    }

    /** Long ago when it is not a time. */
    Instant lastUpdated() {
        try {
            return Instant.parse(json.path("meta").path("lastUpdated").asText());
        } catch (DateTimeParseException notATime) {
            return Instant.EPOCH;
        }
    }

    @Nullable
    String encounter() {
        return extension("encounter").path("valueReference").path("reference").textValue();
    }

    boolean isTestData() {
        return json.path("meta").has("security");
    }

    /** The first one with this name; missing when there is none. */
    JsonNode extension(String name) {
        return AlertForm.extension(json, name);
    }

    /** The identities of the Observations that it names as evidence. */
    Collection<String> evidence() {
        return roles().values();
    }

    /** The identity of the Observation in each role: opening, latest, worst. */
    Map<String, String> roles() {
        Map<String, String> roles = new HashMap<>();
        for (JsonNode evidence : json.path("evidence")) {
            String identity = identity(evidence.path("detail").path(0));
            for (JsonNode code : evidence.path("code")) {
                roles.put(code.path("coding").path(0).path("code").asText(), identity);
            }
        }
        return roles;
    }

    private static String identity(JsonNode reference) {
        JsonNode identifier = reference.path("identifier");
        String literal = reference.path("reference").asText();
        if (identifier.isMissingNode()) {
            return literal.contains("://") ? literal : literal.substring(literal.indexOf('/') + 1);
        }
        String system = identifier.path("system").asText();
        String value = identifier.path("value").asText();
        return system.equals(ORIGIN_SYSTEM) ? value : system + '|' + value;
    }

    /** Hides the content: this text may be logged. */
    @Override
    public String toString() {
        return "WrittenIssue[" + form.id() + ']';
    }
}
