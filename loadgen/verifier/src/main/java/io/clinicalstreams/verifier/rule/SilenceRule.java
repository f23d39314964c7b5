package io.clinicalstreams.verifier.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule that an analyte is measured, read from its record's value.
 *
 * @param codes {@code system|code}
 * @param belowYears null without an upper age limit
 */
public record SilenceRule(
        String id,
        String version,
        String title,
        String source,
        Duration maxAge,
        Duration coolDown,
        int fromYears,
        @Nullable Integer belowYears,
        Set<String> codes,
        Duration interval,
        boolean whileAdmitted,
        String severity) {

    private static final String KIND = "silence";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether a rule's record is of this kind. */
    static boolean isOne(byte[] value) {
        return json(value).path("kind").asText().equals(KIND);
    }

    /** The rules now in their topic, by id. */
    public static Map<String, SilenceRule> read(TopicSource source, VerifiedTopics topics) {
        Map<String, SilenceRule> rules = new HashMap<>();
        source.read(topics.alertRules(), Mark.BEGINNING, record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                rules.remove(key);
            } else if (isOne(record.value())) {
                rules.put(key, parse(json(record.value())));
            }
        });
        return Map.copyOf(rules);
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException notJson) {
            throw new IllegalArgumentException("a rule in the topic is not JSON");
        }
    }

    private static SilenceRule parse(JsonNode rule) {
        Set<String> codes = new HashSet<>();
        rule.path("codes")
                .forEach(code -> codes.add(
                        code.path("system").asText() + '|' + code.path("code").asText()));
        JsonNode below = rule.path("age").path("belowYears");
        return new SilenceRule(
                rule.path("id").asText(),
                rule.path("version").asText(),
                rule.path("title").asText(),
                rule.path("source").asText(),
                Duration.parse(rule.path("maxAge").asText()),
                Duration.parse(rule.path("coolDown").asText()),
                rule.path("age").path("fromYears").asInt(),
                below.isInt() ? (Integer) below.intValue() : null,
                Set.copyOf(codes),
                Duration.parse(rule.path("interval").asText()),
                rule.path("watched").asText().equals("while-admitted"),
                rule.path("severity").asText());
    }

    /** Whether a reading of its codes is in an Observation. */
    public boolean isAbout(Fact.Observed observed) {
        return observed.measured().stream()
                .anyMatch(measured -> measured.codes().stream().anyMatch(codes::contains));
    }

    /** Whether such a reading ends a silence, unless it is late. */
    public boolean hears(Fact.Observed observed) {
        boolean hasResult = observed.measured().stream()
                .anyMatch(measured -> measured.isResult()
                        && !measured.isModified()
                        && measured.codes().stream().anyMatch(codes::contains));
        return hasResult && RuleResult.isJudged(observed) && !RuleResult.isOutOfTime(observed, maxAge);
    }

    /** When an alert ends if nothing more comes, after it was raised. */
    public Duration patience() {
        return (maxAge.compareTo(coolDown) < 0 ? coolDown : maxAge).multipliedBy(7);
    }

    public boolean isForAge(@Nullable LocalDate birth, Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        boolean isOldEnough =
                birth == null || fromYears == 0 || !birth.plusYears(fromYears).isAfter(day);
        return isOldEnough
                && (birth == null
                        || belowYears == null
                        || birth.plusYears(belowYears).isAfter(day));
    }
}
