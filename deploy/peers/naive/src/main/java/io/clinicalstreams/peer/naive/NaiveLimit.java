package io.clinicalstreams.peer.naive;

import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.RuleContent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A limit that raises an alert.
 *
 * @param rule id of its rule
 * @param unit UCUM code
 * @param comparison {@code >=}, {@code >}, {@code <=} or {@code <}
 */
record NaiveLimit(String rule, String code, String unit, String comparison, BigDecimal value) {

    /** The first limit of each rule that has limits. */
    static List<NaiveLimit> of(List<AlertRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.content()
                        .<Stream<NaiveLimit>>match(
                                limits -> limits.variants().stream().flatMap(variant -> of(rule, variant)),
                                flags -> Stream.of(),
                                silence -> Stream.of()))
                .toList();
    }

    private static Stream<NaiveLimit> of(AlertRule rule, RuleContent.Variant variant) {
        String first = variant.levels().moderate() == null
                ? Objects.requireNonNull(variant.levels().high())
                : variant.levels().moderate();
        String comparison = first.replaceAll("[^<>=]", "");
        BigDecimal value = new BigDecimal(first.substring(comparison.length()));
        return variant.codes().stream()
                .map(code -> new NaiveLimit(rule.id(), code.code(), variant.unit(), comparison, value));
    }

    boolean isMetBy(BigDecimal reading) {
        int order = reading.compareTo(value);
        return switch (comparison) {
            case ">=" -> order >= 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            default -> order < 0;
        };
    }
}
