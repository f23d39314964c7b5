package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.ObservedResult;
import io.clinicalstreams.verifier.classify.When;
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
 * @param identity the Observation's identity
 * @param time its clinical time
 * @param at the input's timestamp
 * @param grade null when no level is met
 * @param graverIsOpen whether it is unknown if a more severe level than {@code grade} is met
 * @param clear whether the clear limit is met or the laboratory sets no flag
 * @param criterion as an alert writes it: the limit that is met, else the one that ends an alert; or the flags
 * @param judgedBy for a flagged result, the critical limits that apply instead if the patient's age matches
 */
record RuleResult(
        String identity,
        Instant time,
        Instant at,
        boolean preliminary,
        @Nullable Grade grade,
        boolean graverIsOpen,
        boolean clear,
        String criterion,
        List<OracleRule> judgedBy) {

    static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Set<String> EVALUATED = Set.of("preliminary", "final", "amended", "corrected");

    private RuleResult(
            Fact.Observed observed,
            @Nullable Grade grade,
            boolean graverIsOpen,
            boolean clear,
            String criterion,
            List<OracleRule> judgedBy) {
        this(
                observed.identity(),
                time(observed),
                observed.at(),
                observed.status().equals("preliminary"),
                grade,
                graverIsOpen,
                clear,
                criterion,
                List.copyOf(judgedBy));
    }

    /** The result of evaluating a measurement: a finding, none, or unknown. */
    record Look(@Nullable RuleResult finding, boolean certain) {
        static final Look NOTHING = new Look(null, true);
        static final Look UNKNOWN = new Look(null, false);

        boolean mayMeetALevel() {
            return !certain || (finding != null && finding.grade() != null);
        }
    }

    /** @param limits all critical limits, which go before a laboratory's flag */
    static Look look(Fact.Observed observed, ObservedResult measured, OracleRule rule, Collection<OracleRule> limits) {
        if (measured.isModified()) {
            return Look.NOTHING;
        }
        return rule.isByAnalyte()
                ? lookAtFlag(observed, measured, rule, limits)
                : lookAtValue(observed, measured, rule);
    }

    private static Look lookAtValue(Fact.Observed observed, ObservedResult measured, OracleRule rule) {
        BigDecimal value = measured.value();
        if (!EVALUATED.contains(observed.status()) || value == null || isOutOfTime(observed, rule)) {
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
                Look inOwn = new Look(of(observed, measured, value, BigDecimal.ONE, BigDecimal.ONE, variant), certain);
                return certain ? inOwn : Look.UNKNOWN;
            }
            KnownUnits.Known from = KnownUnits.find(unit);
            KnownUnits.Known to = KnownUnits.find(variant.unit());
            if (from == null || to == null) {
                certain = false;
            } else if (from.measures().equals(to.measures()) && from.size() != null && to.size() != null) {
                RuleResult finding = of(observed, measured, value, from.size(), to.size(), variant);
                return certain ? new Look(finding, true) : Look.UNKNOWN;
            }
        }
        return certain ? Look.NOTHING : Look.UNKNOWN;
    }

    private static Look lookAtFlag(
            Fact.Observed observed, ObservedResult measured, OracleRule rule, Collection<OracleRule> limits) {
        if (!EVALUATED.contains(observed.status()) || !measured.isResult() || isOutOfTime(observed, rule)) {
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
        RuleResult result = new RuleResult(
                observed, grade, false, grade == null, flagText(measured, rule, grade != null), judgedBy);
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
        Instant time = time(observed);
        Instant issued = observed.issued();
        Instant made = issued != null && issued.isAfter(time) ? issued : time;
        return made.isAfter(observed.at().plus(AHEAD))
                || made.isBefore(observed.at().minus(rule.maxAge()));
    }

    /**
     * The clinical time: the end of a past period, the start of a future one, and the input's time for one that
     * contains it, such as a result dated today.
     */
    static Instant time(Fact.Observed observed) {
        When effective = observed.effective();
        Instant at = observed.at();
        if (effective == null) {
            return observed.issued() != null ? observed.issued() : at;
        }
        if (at.isBefore(effective.from())) {
            return effective.from();
        }
        return at.isAfter(effective.to()) ? effective.to() : at;
    }

    /** @return null when its comparator leaves the result undetermined */
    private static @Nullable RuleResult of(
            Fact.Observed observed,
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
        return new RuleResult(observed, grade, open, clear, criterion + " " + variant.unit(), List.of());
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "RuleResult[hidden]";
    }
}
