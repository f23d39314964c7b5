package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Threshold;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.domain.rule.CriticalLimit;
import io.clinicalstreams.pipeline.domain.rule.LaboratoryFlag;
import io.clinicalstreams.pipeline.domain.rule.Level;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleDefinition;
import io.clinicalstreams.pipeline.domain.rule.Silence;
import io.clinicalstreams.pipeline.domain.rule.Variant;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.RuleContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts a rule's record to a rule of the domain. */
public final class RuleDecoder {

    private RuleDecoder() {}

    /**
     * @param key the record's key
     * @param json the record's value
     * @throws io.clinicalstreams.topics.problem.CatalogueException if it is not a rule, or not the rule of the key
     */
    public static Rule decode(String key, byte[] json) {
        return toDomain(AlertRuleJson.read(key, json));
    }

    /** Converts a rule to the evaluator's form. */
    public static Rule toDomain(AlertRule rule) {
        return rule.content()
                .match(limits -> limit(rule, limits), flags -> flag(rule, flags), silence -> silence(rule, silence));
    }

    private static Rule limit(AlertRule rule, RuleContent.Limits limits) {
        return new CriticalLimit(
                definition(rule),
                limits.variants().stream().map(RuleDecoder::variant).toList());
    }

    private static Rule flag(AlertRule rule, RuleContent.Flags flags) {
        Map<Coding, Severity> severities = new HashMap<>();
        flags.moderate().forEach(code -> severities.put(coding(code), Severity.MODERATE));
        flags.high().forEach(code -> severities.put(coding(code), Severity.HIGH));
        return new LaboratoryFlag(definition(rule), severities);
    }

    private static Silence silence(AlertRule rule, RuleContent.Silence silence) {
        return new Silence(
                definition(rule),
                silence.severity().equals("high") ? Severity.HIGH : Severity.MODERATE,
                silence.interval(),
                silence.whileAdmitted(),
                silence.codes().stream().map(RuleDecoder::coding).collect(Collectors.toSet()));
    }

    private static RuleDefinition definition(AlertRule rule) {
        return new RuleDefinition(
                rule.id(),
                rule.version(),
                rule.title(),
                rule.source(),
                rule.maxAge(),
                rule.coolDown(),
                band(rule.age()));
    }

    private static Coding coding(AlertRule.Code code) {
        return new Coding(code.system(), code.code());
    }

    private static AgeBand band(AlertRule.@Nullable Age age) {
        if (age == null) {
            return AgeBand.ANY;
        }
        return new AgeBand(
                age.fromYears() == null ? AgeBand.ANY.fromYears() : age.fromYears(),
                age.belowYears() == null ? AgeBand.ANY.belowYears() : age.belowYears());
    }

    private static Variant variant(RuleContent.Variant variant) {
        return new Variant(
                variant.codes().stream().map(RuleDecoder::coding).toList(),
                variant.unit(),
                Set.copyOf(variant.sameUnits()),
                levels(variant.levels()),
                Threshold.parse(variant.clear()));
    }

    private static List<Level> levels(RuleContent.Levels levels) {
        List<Level> all = new ArrayList<>();
        if (levels.high() != null) {
            all.add(new Level(Severity.HIGH, Threshold.parse(levels.high())));
        }
        if (levels.moderate() != null) {
            all.add(new Level(Severity.MODERATE, Threshold.parse(levels.moderate())));
        }
        return all;
    }
}
