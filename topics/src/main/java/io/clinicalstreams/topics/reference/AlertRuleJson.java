package io.clinicalstreams.topics.reference;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.file.YamlReader;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problem;
import io.clinicalstreams.topics.problem.Problems;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A rule as JSON. The written form is canonical: fixed field order, no white space, no absent fields, so that equal
 * rules are equal bytes.
 */
public final class AlertRuleJson {

    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
            .addModule(new SimpleModule().addSerializer(Duration.class, ToStringSerializer.instance))
            .build();

    private AlertRuleJson() {}

    /**
     * Reads the value of a rule's record. An unknown field makes the rule invalid, because it may restrict it.
     *
     * @param key the record's key, named in problems
     * @throws CatalogueException if it is not a rule, or not the rule of the key
     */
    public static AlertRule read(String key, byte[] json) {
        AlertRule rule = read(json, key);
        if (!rule.id().equals(key)) {
            throw new CatalogueException(List.of(new Problem(key, "id", "must be the record's key")));
        }
        return rule;
    }

    /** @throws CatalogueException if it is not a rule */
    public static AlertRule read(byte[] json) {
        return read(json, "rule");
    }

    private static AlertRule read(byte[] json, String name) {
        Problems problems = new Problems();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            AlertRule rule =
                    problems.orRefuse(YamlReader.ofJson(problems).read(new CatalogueFile(name, text), AlertRule.class));
            if (rule.version().isEmpty()) {
                throw new CatalogueException(List.of(new Problem(name, "version", "is missing")));
            }
            return rule;
        } catch (CharacterCodingException notUtf8) {
            throw new CatalogueException(List.of(new Problem(name, "", "is not UTF-8 text")));
        }
    }

    /** The value of the rule's record, in UTF-8. */
    public static byte[] write(AlertRule rule) {
        try {
            return CANONICAL.writeValueAsBytes(rule);
        } catch (JsonProcessingException neverOfARecord) {
            throw new UncheckedIOException(neverOfARecord);
        }
    }

    /** Whether the rule's version matches its content, as it does for every curated rule. */
    public static boolean isOfItsVersion(AlertRule rule) {
        return versioned(rule).version().equals(rule.version());
    }

    /** The same rule with the version computed from its content. */
    static AlertRule versioned(AlertRule rule) {
        return rule.withVersion(RuleManifest.hash(write(rule.withVersion(""))));
    }
}
