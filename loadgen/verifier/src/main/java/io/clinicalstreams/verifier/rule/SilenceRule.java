package io.clinicalstreams.verifier.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A rule that an analyte is measured, read from its record's value.
 *
 * @param codes {@code system|code}
 */
public record SilenceRule(
        @Override RuleTerms terms, Set<String> codes, Duration interval, boolean whileAdmitted, String severity)
        implements WrittenRule {

    private static final String KIND = "silence";

    /** Whether a rule's record is of this kind. */
    static boolean isOne(byte[] value) {
        return RuleTerms.json(value).path("kind").asText().equals(KIND);
    }

    /** The rules now in their topic, by id. */
    public static Map<String, SilenceRule> read(TopicSource source, VerifiedTopics topics) {
        Map<String, SilenceRule> rules = new HashMap<>();
        source.read(topics.alertRules(), Mark.BEGINNING, record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                rules.remove(key);
            } else if (isOne(record.value())) {
                rules.put(key, parse(RuleTerms.json(record.value())));
            }
        });
        return Map.copyOf(rules);
    }

    private static SilenceRule parse(JsonNode rule) {
        return new SilenceRule(
                RuleTerms.of(rule),
                Set.copyOf(RuleTerms.codes(rule.path("codes"))),
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
        return hasResult && RuleResult.isJudged(observed) && !RuleResult.isOutOfTime(observed, maxAge());
    }

    /** When an alert ends if nothing more comes, after it was raised. */
    public Duration patience() {
        return terms.lookBack().multipliedBy(7);
    }
}
