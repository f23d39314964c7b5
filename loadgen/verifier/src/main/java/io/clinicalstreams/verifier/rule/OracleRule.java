package io.clinicalstreams.verifier.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.clinicalstreams.verifier.classify.ObservedResult;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An alert rule, read from its record's value.
 *
 * @param kind its code
 * @param variants of a critical limit; empty in a laboratory's flag
 * @param flags of a laboratory's flag: {@code system|code} of an interpretation and its severity
 */
public record OracleRule(@Override RuleTerms terms, String kind, List<Variant> variants, Map<String, Grade> flags)
        implements WrittenRule {

    /** @param levels by severity, highest first */
    public record Variant(List<String> codes, String unit, List<String> sameUnits, List<Level> levels, Bound clear) {

        boolean concerns(ObservedResult measured) {
            return measured.codes().stream().anyMatch(codes::contains);
        }

        boolean isInOwnUnit(String text) {
            String plain = KnownUnits.plain(text);
            return plain.equals(unit) || sameUnits.contains(plain);
        }
    }

    public record Level(Grade grade, Bound bound) {}

    private static final String MANIFEST = "/manifest";
    private static final String FLAG = "laboratory-flag";
    private static final Set<String> KINDS = Set.of("critical-limit", FLAG);

    /** Whether it has one incident per analyte of a patient. */
    public boolean isByAnalyte() {
        return !flags.isEmpty();
    }

    /** Whether it judges such results. */
    public boolean concerns(ObservedResult measured) {
        return isByAnalyte()
                ? measured.analyte() != null
                : variants.stream().anyMatch(variant -> variant.concerns(measured));
    }

    /** Whether it is for some codes, and this is one of them. */
    public boolean listensTo(String code) {
        return variants.stream().anyMatch(variant -> variant.codes().contains(code));
    }

    /** Whether the key is not that of a rule. */
    static boolean isManifest(String key) {
        return key.endsWith(MANIFEST);
    }

    /** The rules now in their topic. */
    public static List<OracleRule> read(TopicSource source, VerifiedTopics topics) {
        Map<String, OracleRule> rules = new HashMap<>();
        source.read(topics.alertRules(), Mark.BEGINNING, record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                rules.remove(key);
            } else if (!isManifest(key) && !SilenceRule.isOne(record.value())) {
                rules.put(key, parse(record.value()));
            }
        });
        return List.copyOf(rules.values());
    }

    /** The name of the criterion in alerts. */
    public String criterionName() {
        return isByAnalyte() ? "interpretation" : "limit";
    }

    /** Whether high values are critical; for a limit. */
    public boolean isUpward() {
        return variants.get(0).levels().get(0).bound().upward();
    }

    /** Every criterion of a limit, as alerts write it. */
    public Stream<String> criteria() {
        return variants.stream().flatMap(variant -> Stream.concat(
                        variant.levels().stream().map(Level::bound), Stream.of(variant.clear()))
                .map(bound -> bound + " " + variant.unit()));
    }

    static OracleRule parse(byte[] value) {
        JsonNode rule = RuleTerms.json(value);
        String kind = rule.path("kind").asText("critical-limit");
        if (!KINDS.contains(kind)) {
            throw new IllegalArgumentException("the verifier does not know rules of kind " + kind);
        }
        List<Variant> variants = new ArrayList<>();
        rule.path("variants").forEach(variant -> variants.add(variant(variant)));
        return new OracleRule(
                RuleTerms.of(rule),
                kind,
                List.copyOf(variants),
                kind.equals(FLAG) ? flags(rule.path("levels")) : Map.of());
    }

    private static Map<String, Grade> flags(JsonNode levels) {
        Map<String, Grade> flags = new HashMap<>();
        for (Grade grade : new Grade[] {Grade.MODERATE, Grade.HIGH}) {
            RuleTerms.codes(levels.path(grade.code())).forEach(code -> flags.put(code, grade));
        }
        return Map.copyOf(flags);
    }

    private static Variant variant(JsonNode variant) {
        List<String> sameUnits = new ArrayList<>();
        variant.path("sameUnits").forEach(unit -> sameUnits.add(KnownUnits.plain(unit.asText())));
        List<Level> levels = new ArrayList<>();
        for (Grade grade : new Grade[] {Grade.HIGH, Grade.MODERATE}) {
            String bound = variant.path("levels").path(grade.code()).textValue();
            if (bound != null) {
                levels.add(new Level(grade, Bound.parse(bound)));
            }
        }
        return new Variant(
                RuleTerms.codes(variant.path("codes")),
                variant.path("unit").asText(),
                List.copyOf(sameUnits),
                List.copyOf(levels),
                Bound.parse(variant.path("clear").asText()));
    }
}
