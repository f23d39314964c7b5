package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.reference.AlertRule.Age;
import io.clinicalstreams.topics.reference.AlertRule.Code;
import io.clinicalstreams.topics.reference.RuleContent.Variant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Additional checks for rules that an author writes; rules in the topic have already passed them. */
final class RuleChecks {

    private RuleChecks() {}

    /**
     * Units are UCUM, LOINC codes have the right check digit, and a code is in two variants only if their units do not
     * convert, such as a mass and a molar concentration: else the first would always apply.
     */
    static void checkWritten(AlertRule rule, String file, String path, Problems problems) {
        List<Variant> variants = variants(rule);
        for (int i = 0; i < variants.size(); i++) {
            String at = path + ".variants." + i;
            String wrongUnit = UcumUnits.problem(variants.get(i).unit());
            if (wrongUnit != null) {
                problems.add(file, at + ".unit", wrongUnit);
            }
            List<Code> codes = variants.get(i).codes();
            checkCodes(codes, file, at, problems);
            for (Variant earlier : variants.subList(0, i)) {
                checkRepeated(variants.get(i), earlier, file, at, problems);
            }
        }
        checkCodes(
                rule.content().match(limits -> List.of(), flags -> List.of(), RuleContent.Silence::codes),
                file,
                path,
                problems);
    }

    private static void checkRepeated(Variant one, Variant earlier, String file, String path, Problems problems) {
        List<Code> repeated =
                one.codes().stream().filter(earlier.codes()::contains).toList();
        if (!repeated.isEmpty() && converts(one, earlier)) {
            for (Code code : repeated) {
                String message = "repeats " + code.code() + ", whose unit converts to " + earlier.unit();
                problems.add(file, path + ".codes." + one.codes().indexOf(code), message);
            }
        }
    }

    private static void checkCodes(List<Code> codes, String file, String path, Problems problems) {
        for (int i = 0; i < codes.size(); i++) {
            String code = codes.get(i).code();
            if (codes.get(i).system().equals(Code.LOINC) && !LoincCheckDigit.isRight(code)) {
                problems.add(file, path + ".codes." + i, "is not a LOINC code: '" + code + "' fails its check digit");
            }
        }
    }

    /**
     * One value must not meet two rules for an analyte: too low and too high at once.
     *
     * @param rules the rules of a file, for which problems are reported
     * @param others the same rules, or other owners' rules in the topic
     */
    static void checkTogether(
            Collection<AlertRule> rules, Collection<AlertRule> others, String file, Problems problems) {
        for (AlertRule rule : rules) {
            for (AlertRule other : others) {
                // Within one file only the low rule reports the pair.
                boolean isReported = rules != others || !isUpward(rule);
                if (isReported && agesOverlap(rule.age(), other.age()) && contradict(rule, other)) {
                    problems.add(
                            file,
                            "rules." + rule.id().substring(rule.id().indexOf('/') + 1),
                            "contradicts " + other.id() + ": one value meets the limits of both");
                }
            }
        }
    }

    private static List<Variant> variants(AlertRule rule) {
        return rule.content().match(RuleContent.Limits::variants, flags -> List.of(), silence -> List.of());
    }

    private static boolean isUpward(AlertRule rule) {
        return variants(rule).stream()
                .anyMatch(variant -> variant.levels().limits().get(0).isUpward());
    }

    private static boolean contradict(AlertRule rule, AlertRule other) {
        return variants(rule).stream().anyMatch(one -> variants(other).stream().anyMatch(two -> contradict(one, two)));
    }

    /** Variants with units that cannot be converted never contradict: a value has one unit. */
    private static boolean contradict(Variant one, Variant other) {
        boolean isOneUnit = one.unit().equals(other.unit())
                || one.sameUnits().contains(other.unit())
                || other.sameUnits().contains(one.unit());
        return !Collections.disjoint(one.codes(), other.codes())
                && one.levels().limits().stream().anyMatch(level -> other.levels().limits().stream()
                        .filter(opposite -> opposite.isUpward() != level.isUpward())
                        .flatMap(opposite -> (isOneUnit
                                        ? Optional.of(opposite)
                                        : UcumUnits.convert(opposite, other.unit(), one.unit()))
                                .stream())
                        .anyMatch(level::overlaps));
    }

    private static boolean converts(Variant one, Variant other) {
        Limit any = one.levels().limits().get(0);
        return UcumUnits.convert(any, one.unit(), other.unit()).isPresent();
    }

    private static boolean agesOverlap(@Nullable Age one, @Nullable Age other) {
        return one == null || other == null || (from(one) < below(other) && from(other) < below(one));
    }

    private static int from(Age age) {
        return Objects.requireNonNullElse(age.fromYears(), 0);
    }

    private static int below(Age age) {
        return Objects.requireNonNullElse(age.belowYears(), Integer.MAX_VALUE);
    }
}
