package io.clinicalstreams.topics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clinicalstreams.topics.reference.AlertRule.Age;
import io.clinicalstreams.topics.reference.Fields.Names;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one rule from a parsed document and checks that it makes sense as a whole. */
final class AlertRuleReader {

    /** Ids stand in record keys, headers and resource addresses. */
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)+");

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]{0,64}");

    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final Notes notes;
    private final Names names;

    AlertRuleReader(Notes notes, Names names) {
        this.notes = notes;
        this.names = names;
    }

    /**
     * @param owner what to put before the id: empty where the document already has it
     * @param defaults fields for maxAge, coolDown and age where the rule has none
     */
    AlertRule read(JsonNode node, String path, String owner, Fields defaults) {
        Fields rule = new Fields(node, path, names, notes);
        String id = owner + rule.text("id");
        if (!ID.matcher(id).matches()) {
            notes.add(rule.at("id"), "must be made of a-z, 0-9, '-', '_' and '.'");
        }
        String version = owner.isEmpty() ? rule.text("version") : "";
        if (!VERSION.matcher(version).matches()) {
            notes.add(rule.at("version"), "must be made of letters, digits, '-', '_' and '.', at most 64");
        }
        RuleContent content = RuleContent.read(rule);
        AlertRule read = new AlertRule(
                id,
                version,
                rule.text("title"),
                rule.text("analyte"),
                rule.text("source"),
                duration("maxAge", 1, rule, defaults),
                duration("coolDown", 0, rule, defaults),
                age(rule.has("age") ? rule.object("age") : defaults.has("age") ? defaults.object("age") : null),
                content == null ? new RuleContent.Limits(List.of()) : content);
        if (content != null) {
            rule.refuseOthers();
        }
        return read;
    }

    /** A set of fields without any. */
    Fields nothing() {
        return new Fields(NOTHING, "", names, notes);
    }

    private Duration duration(String name, long leastNanos, Fields rule, Fields defaults) {
        Fields fields = rule.has(name) || !defaults.has(name) ? rule : defaults;
        Duration duration = fields.duration(name);
        if (!fields.text(name).isEmpty() && duration.compareTo(Duration.ofNanos(leastNanos)) < 0) {
            notes.add(fields.at(name), "must be " + (leastNanos > 0 ? "positive" : "positive or zero"));
        }
        return duration;
    }

    private @Nullable Age age(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        Age age = new Age(fields.yearsOrNull("fromYears"), fields.yearsOrNull("belowYears"));
        fields.refuseOthers();
        if (age.fromYears() != null && age.belowYears() != null && age.fromYears() >= age.belowYears()) {
            notes.add(fields.at("belowYears"), "must be above " + age.fromYears());
        }
        return age.fromYears() == null && age.belowYears() == null ? null : age;
    }
}
