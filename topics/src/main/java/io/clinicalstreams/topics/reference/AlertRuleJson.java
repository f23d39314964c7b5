package io.clinicalstreams.topics.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.problem.Problem;
import io.clinicalstreams.topics.reference.Fields.Names;
import io.clinicalstreams.topics.reference.RuleContent.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as JSON. The written form is canonical: fields in one order, no white space, nothing that is absent, so that
 * equal rules are equal bytes.
 */
public final class AlertRuleJson {

    private static final int VERSION_DIGITS = 12;
    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private AlertRuleJson() {}

    /**
     * Reads the value of a rule's record. A field that is not known refuses the rule: it may restrict it.
     *
     * @param key the record's key, named in problems
     * @throws ReferenceException when it is not a rule, or not the one of the key
     */
    public static AlertRule read(String key, byte[] json) {
        AlertRule rule = read(json, key);
        if (!rule.id().equals(key)) {
            throw new ReferenceException(List.of(new Problem(key, "id", "must be the record's key")));
        }
        return rule;
    }

    /** @throws ReferenceException when it is not a rule */
    public static AlertRule read(byte[] json) {
        return read(json, "rule");
    }

    private static AlertRule read(byte[] json, String file) {
        Notes notes = new Notes(file);
        AlertRule rule = null;
        try {
            AlertRuleReader reader = new AlertRuleReader(notes, Names.CAMEL_CASE);
            rule = reader.read(STRICT.readTree(json), "", "", reader.nothing());
        } catch (IOException notJson) {
            notes.add("", "is not a JSON object");
        }
        notes.refuse();
        if (rule == null) {
            throw new IllegalStateException("a refused rule was not refused");
        }
        return rule;
    }

    /** The value of the rule's record, in UTF-8. */
    public static byte[] write(AlertRule rule) {
        return write(rule, rule.version());
    }

    /** Whether the rule's version is the one that its content has, as with every curated rule. */
    public static boolean isOfItsVersion(AlertRule rule) {
        return versioned(rule).version().equals(rule.version());
    }

    /** The same rule under the version that its content has. */
    static AlertRule versioned(AlertRule rule) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(write(rule, null));
            return rule.withVersion(HexFormat.of().formatHex(digest).substring(0, VERSION_DIGITS));
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJvmHasIt);
        }
    }

    private static byte[] write(AlertRule rule, @Nullable String version) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("id", rule.id());
            text("version", version, json);
            json.writeStringField("title", rule.title());
            json.writeStringField("analyte", rule.analyte());
            json.writeStringField("source", rule.source());
            json.writeStringField("maxAge", rule.maxAge().toString());
            json.writeStringField("coolDown", rule.coolDown().toString());
            age(rule.age(), json);
            if (rule.content().kind() != Kind.CRITICAL_LIMIT) {
                json.writeStringField("kind", rule.content().kind().code());
            }
            rule.content().write(json);
            json.writeEndObject();
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
        return bytes.toByteArray();
    }

    private static void age(AlertRule.@Nullable Age age, JsonGenerator json) throws IOException {
        if (age == null) {
            return;
        }
        json.writeObjectFieldStart("age");
        if (age.fromYears() != null) {
            json.writeNumberField("fromYears", age.fromYears());
        }
        if (age.belowYears() != null) {
            json.writeNumberField("belowYears", age.belowYears());
        }
        json.writeEndObject();
    }

    static void text(String name, @Nullable String value, JsonGenerator json) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }
}
