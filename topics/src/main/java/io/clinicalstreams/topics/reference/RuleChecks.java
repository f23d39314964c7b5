package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.reference.AlertRule.Age;
import io.clinicalstreams.topics.reference.AlertRule.Code;
import io.clinicalstreams.topics.reference.RuleContent.Variant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What limits must be to each other: all of a rule look one way, graver ones are further out, clear is outside them. */
final class RuleChecks {

    private RuleChecks() {}

    /** @param rule where problems are noted, under {@code variants} */
    static void check(List<Variant> variants, Fields rule) {
        Set<Code> codes = new HashSet<>();
        Set<Boolean> directions = new HashSet<>();
        for (int i = 0; i < variants.size(); i++) {
            Variant variant = variants.get(i);
            String at = "variants." + i;
            for (Code code : variant.codes()) {
                if (!codes.add(code)) {
                    rule.problem(at + ".codes", "names " + code.code() + " a second time in this rule");
                }
            }
            limits(variant, at, rule).forEach(limit -> directions.add(limit.isUpward()));
        }
        if (directions.size() > 1) {
            rule.problem("variants", "must all look the same way: a rule is for one direction");
        }
    }

    /** Two rules for one analyte must not both be met by one value: too low and too high at once. */
    static void checkTogether(List<AlertRule> rules, Notes notes) {
        for (AlertRule low : rules) {
            for (AlertRule high : rules) {
                if (isAnyoneOfBothAges(low.age(), high.age()) && contradict(variants(low), variants(high))) {
                    notes.add(
                            "rules." + low.id().substring(low.id().indexOf('/') + 1),
                            "contradicts " + high.id() + ": one value meets the limits of both");
                }
            }
        }
    }

    private static List<Variant> variants(AlertRule rule) {
        return rule.content() instanceof RuleContent.Limits limits ? limits.variants() : List.of();
    }

    private static boolean contradict(List<Variant> low, List<Variant> high) {
        return low.stream().anyMatch(one -> high.stream()
                .anyMatch(other -> one.unit().equals(other.unit())
                        && !Collections.disjoint(one.codes(), other.codes())
                        && levels(one).stream()
                                .anyMatch(below -> !below.isUpward()
                                        && levels(other).stream()
                                                .anyMatch(above -> above.isUpward() && above.overlaps(below)))));
    }

    private static List<Limit> levels(Variant variant) {
        return Stream.of(variant.levels().moderate(), variant.levels().high())
                .flatMap(Stream::ofNullable)
                .flatMap(text -> Limit.parse(text).stream())
                .toList();
    }

    private static boolean isAnyoneOfBothAges(@Nullable Age one, @Nullable Age other) {
        return one == null || other == null || (from(one) < below(other) && from(other) < below(one));
    }

    private static int from(Age age) {
        return Objects.requireNonNullElse(age.fromYears(), 0);
    }

    private static int below(Age age) {
        return Objects.requireNonNullElse(age.belowYears(), Integer.MAX_VALUE);
    }

    /** The levels that could be read. */
    private static List<Limit> limits(Variant variant, String at, Fields rule) {
        Optional<Limit> moderate = limit(variant.levels().moderate(), at + ".levels.moderate", rule);
        Optional<Limit> high = limit(variant.levels().high(), at + ".levels.high", rule);
        Optional<Limit> clear = limit(variant.clear(), at + ".clear", rule);
        if (variant.levels().moderate() == null && variant.levels().high() == null) {
            rule.problem(at + ".levels", "needs moderate or high");
        }
        if (moderate.isPresent() && high.isPresent()) {
            if (moderate.get().isUpward() != high.get().isUpward()) {
                rule.problem(at + ".levels", "must look the same way");
            } else if (!high.get().isWithin(moderate.get())) {
                rule.problem(at + ".levels.high", "must be beyond moderate");
            }
        }
        List<Limit> levels = Stream.of(moderate, high).flatMap(Optional::stream).toList();
        for (Limit level : levels) {
            if (clear.isPresent() && clear.get().isUpward() == level.isUpward()) {
                rule.problem(at + ".clear", "must look the other way than the levels");
            } else if (clear.isPresent() && clear.get().overlaps(level)) {
                rule.problem(at + ".clear", "must not hold where a level holds");
            }
        }
        return levels;
    }

    private static Optional<Limit> limit(@Nullable String text, String at, Fields rule) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Limit> limit = Limit.parse(text);
        if (limit.isEmpty()) {
            rule.problem(at, "must be a limit such as >=6.5 or <2.0");
        }
        return limit;
    }
}
