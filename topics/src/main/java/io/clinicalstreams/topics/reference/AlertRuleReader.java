package io.clinicalstreams.topics.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clinicalstreams.topics.reference.AlertRule.Age;
import io.clinicalstreams.topics.reference.AlertRule.Code;
import io.clinicalstreams.topics.reference.AlertRule.Levels;
import io.clinicalstreams.topics.reference.AlertRule.Variant;
import io.clinicalstreams.topics.reference.Fields.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one rule from a parsed document and checks that it makes sense as a whole. */
final class AlertRuleReader {

    static final String LOINC = "http://loinc.org";

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
        AlertRule read = new AlertRule(
                id,
                version,
                rule.text("title"),
                rule.text("analyte"),
                rule.text("source"),
                duration("maxAge", 1, rule, defaults),
                duration("coolDown", 0, rule, defaults),
                age(rule.has("age") ? rule.object("age") : defaults.has("age") ? defaults.object("age") : null),
                variants(rule));
        rule.refuseOthers();
        RuleChecks.check(read, rule.at("variants"), notes);
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

    private List<Variant> variants(Fields rule) {
        List<Variant> variants = new ArrayList<>();
        for (JsonNode node : rule.list("variants")) {
            Fields variant = new Fields(node, rule.at("variants") + '.' + variants.size(), names, notes);
            Fields levels = variant.object("levels");
            variants.add(new Variant(
                    codes(variant),
                    variant.text("unit"),
                    texts("sameUnits", variant),
                    new Levels(levels.textOrNull("moderate"), levels.textOrNull("high")),
                    variant.text("clear")));
            levels.refuseOthers();
            variant.refuseOthers();
        }
        return variants;
    }

    private List<Code> codes(Fields variant) {
        List<Code> codes = new ArrayList<>();
        for (JsonNode node : variant.list("codes")) {
            String path = variant.at("codes") + '.' + codes.size();
            if (node.isTextual() && names == Names.KEBAB_CASE) {
                codes.add(new Code(LOINC, node.textValue()));
            } else {
                Fields code = new Fields(node, path, names, notes);
                codes.add(new Code(code.text("system"), code.text("code")));
                code.refuseOthers();
            }
        }
        return codes;
    }

    private List<String> texts(String name, Fields variant) {
        List<String> texts = new ArrayList<>();
        if (variant.has(name)) {
            variant.list(name)
                    .forEach(node -> texts.add(Fields.textOf(node, variant.at(name) + '.' + texts.size(), notes)));
        }
        return texts;
    }
}
