package io.clinicalstreams.verifier.rule;

import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.ObservedResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of one measurement under one rule, before the patient's state is known.
 *
 * @param grade null when no level is met
 * @param graverIsOpen whether it is unknown if a more severe level than {@code grade} is met
 * @param clear whether the clear limit is met or the laboratory sets no flag
 * @param criterion as an alert writes it: the limit that is met, else the one that ends an alert; or the flags
 * @param judgedBy for a flagged result, the critical limits that apply instead if the patient's age matches
 */
public record RuleResult(
        @Nullable Grade grade, boolean graverIsOpen, boolean clear, String criterion, List<OracleRule> judgedBy) {

    /** How far a clock may be ahead. */
    public static final Duration AHEAD = Duration.ofMinutes(5);

    private static final Set<String> EVALUATED = Set.of("preliminary", "final", "amended", "corrected");

    public RuleResult {
        judgedBy = List.copyOf(judgedBy);
    }

    /** The result of evaluating a measurement: a finding, none, or unknown. */
    public record Look(@Nullable RuleResult finding, boolean certain) {
        static final Look NOTHING = new Look(null, true);
        static final Look UNKNOWN = new Look(null, false);

        /** Whether the rule may judge it, now or while an incident is open. */
        public boolean mayBeKept() {
            return !certain || finding != null;
        }

        public boolean mayMeetALevel() {
            return !certain || (finding != null && finding.grade() != null);
        }
    }

    /** Whether an Observation with its status is a result. */
    public static boolean isJudged(Fact.Observed observed) {
        return EVALUATED.contains(observed.status());
    }

    /** The order of two values; null when they cannot be compared. */
    public static @Nullable Integer order(ObservedResult one, ObservedResult other) {
        BigDecimal value = one.value();
        BigDecimal others = other.value();
        if (value == null || others == null) {
            return null;
        }
        if (Objects.equals(one.unit(), other.unit())) {
            return value.compareTo(others);
        }
        KnownUnits.Known unit = one.unit() == null ? null : KnownUnits.find(one.unit());
        KnownUnits.Known theirs = other.unit() == null ? null : KnownUnits.find(other.unit());
        if (unit == null || theirs == null || !unit.measures().equals(theirs.measures())) {
            return null;
        }
        BigDecimal size = unit.size();
        BigDecimal theirSize = theirs.size();
        return size == null || theirSize == null
                ? null
                : (Integer) value.multiply(size).compareTo(others.multiply(theirSize));
    }

    /** @param limits all critical limits, which go before a laboratory's flag */
    public static Look look(
            Fact.Observed observed, ObservedResult measured, OracleRule rule, Collection<OracleRule> limits) {
        if (measured.isModified()) {
            return Look.NOTHING;
        }
        return rule.isByAnalyte()
                ? lookAtFlag(observed, measured, rule, limits)
                : lookAtValue(observed, measured, rule);
    }

    private static Look lookAtValue(Fact.Observed observed, ObservedResult measured, OracleRule rule) {
        BigDecimal value = measured.value();
        if (!isJudged(observed) || value == null || isOutOfTime(observed, rule)) {
            return Look.NOTHING;
        }
        String unit = measured.unit();
        if (unit == null) {
            return Look.NOTHING;
        }
        List<OracleRule.Variant> variants = rule.variants().stream()
                .filter(variant -> variant.concerns(measured))
                .toList();
        boolean certain = true;
        for (OracleRule.Variant variant : variants) {
            if (variant.isInOwnUnit(unit)) {
                Look inOwn = new Look(of(measured, value, BigDecimal.ONE, BigDecimal.ONE, variant), certain);
                return certain ? inOwn : Look.UNKNOWN;
            }
            KnownUnits.Known from = KnownUnits.find(unit);
            KnownUnits.Known to = KnownUnits.find(variant.unit());
            if (from == null || to == null) {
                certain = false;
            } else if (from.measures().equals(to.measures()) && from.size() != null && to.size() != null) {
                RuleResult finding = of(measured, value, from.size(), to.size(), variant);
                return certain ? new Look(finding, true) : Look.UNKNOWN;
            }
        }
        return certain ? Look.NOTHING : Look.UNKNOWN;
    }

    private static Look lookAtFlag(
            Fact.Observed observed, ObservedResult measured, OracleRule rule, Collection<OracleRule> limits) {
        if (!isJudged(observed) || !measured.isResult() || isOutOfTime(observed, rule)) {
            return Look.NOTHING;
        }
        Grade grade = measured.interpretations().stream()
                .map(rule.flags()::get)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        List<OracleRule> judgedBy = new ArrayList<>();
        boolean certain = true;
        for (OracleRule limit : limits) {
            if (!limit.isByAnalyte() && limit.concerns(measured)) {
                Look look = lookAtValue(observed, measured, limit);
                certain &= look.certain();
                if (look.finding() != null) {
                    judgedBy.add(limit);
                }
            }
        }
        RuleResult result =
                new RuleResult(grade, false, grade == null, flagText(measured, rule, grade != null), judgedBy);
        return new Look(result, certain || grade == null);
    }

    /** The flags, or without one all interpretations. */
    private static String flagText(ObservedResult measured, OracleRule rule, boolean isFlagged) {
        String codes = measured.interpretations().stream()
                .filter(code -> !isFlagged || rule.flags().containsKey(code))
                .map(code -> code.substring(code.lastIndexOf('|') + 1))
                .distinct()
                .collect(Collectors.joining(", "));
        return codes.isEmpty() ? "none" : codes;
    }

    private static boolean isOutOfTime(Fact.Observed observed, OracleRule rule) {
        return isOutOfTime(observed, rule.maxAge());
    }

    /** Without a time, or too old or too new for a rule when it came. */
    static boolean isOutOfTime(Fact.Observed observed, Duration maxAge) {
        Instant time = observed.time();
        if (time == null) {
            return true;
        }
        return isFuture(observed) || made(observed, time).isBefore(observed.at().minus(maxAge));
    }

    /** Whether it was made well after its input, by some wrong clock. */
    public static boolean isFuture(Fact.Observed observed) {
        Instant time = observed.time();
        return time != null && made(observed, time).isAfter(observed.at().plus(AHEAD));
    }

    private static Instant made(Fact.Observed observed, Instant time) {
        Instant issued = observed.issued();
        return issued != null && issued.isAfter(time) ? issued : time;
    }

    /** @return null when its comparator leaves the result undetermined */
    private static @Nullable RuleResult of(
            ObservedResult measured,
            BigDecimal value,
            BigDecimal valueSize,
            BigDecimal limitSize,
            OracleRule.Variant variant) {
        ValueRange span = ValueRange.of(measured.comparator(), value.multiply(valueSize));
        boolean clear = span.allMeet(variant.clear().times(limitSize));
        Grade grade = null;
        Bound criterion = variant.clear();
        boolean open = false;
        for (OracleRule.Level level : variant.levels()) {
            Bound bound = level.bound().times(limitSize);
            if (grade == null) {
                open |= span.isCutBy(bound);
                if (span.allMeet(bound)) {
                    grade = level.grade();
                    criterion = level.bound();
                }
            }
        }
        if (grade == null && !clear && (open || span.isCutBy(variant.clear().times(limitSize)))) {
            return null;
        }
        return new RuleResult(grade, open, clear, criterion + " " + variant.unit(), List.of());
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "RuleResult[hidden]";
    }
}
