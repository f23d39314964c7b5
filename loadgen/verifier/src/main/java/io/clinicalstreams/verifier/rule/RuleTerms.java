package io.clinicalstreams.verifier.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rules of every kind have, read from a rule's record.
 *
 * @param fromYears 0 without a lower age limit
 * @param belowYears null without an upper age limit
 */
public record RuleTerms(
        String id,
        String version,
        String title,
        String source,
        Duration maxAge,
        Duration coolDown,
        int fromYears,
        @Nullable Integer belowYears) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException notJson) {
            throw new IllegalArgumentException("a rule in the topic is not JSON");
        }
    }

    static RuleTerms of(JsonNode rule) {
        JsonNode below = rule.path("age").path("belowYears");
        return new RuleTerms(
                rule.path("id").asText(),
                rule.path("version").asText(),
                rule.path("title").asText(),
                rule.path("source").asText(),
                Duration.parse(rule.path("maxAge").asText()),
                Duration.parse(rule.path("coolDown").asText()),
                rule.path("age").path("fromYears").asInt(),
                below.isInt() ? (Integer) below.intValue() : null);
    }

    /** @return each as {@code system|code} */
    static List<String> codes(JsonNode list) {
        List<String> codes = new ArrayList<>();
        list.forEach(code ->
                codes.add(code.path("system").asText() + '|' + code.path("code").asText()));
        return List.copyOf(codes);
    }

    /** How far the rule looks back. An alert that ended is remembered as long, at least. */
    public Duration lookBack() {
        return maxAge.compareTo(coolDown) < 0 ? coolDown : maxAge;
    }

    /** Whether it is for a patient of this birth date; for every patient without one. */
    public boolean isForAge(@Nullable LocalDate birth, Instant at) {
        if (birth == null) {
            return true;
        }
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        // For a birth on 29 February the birthday in common years is the 28th; a birth after the reading is age 0.
        boolean oldEnough = fromYears == 0 || !birth.plusYears(fromYears).isAfter(day);
        return oldEnough && (belowYears == null || birth.plusYears(belowYears).isAfter(day));
    }
}
