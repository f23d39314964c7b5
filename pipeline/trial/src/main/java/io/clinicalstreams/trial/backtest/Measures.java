package io.clinicalstreams.trial.backtest;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a rule set does on the stays. Rates are percentages; the interval of each is over stays. A figure is null if there
 * is nothing to compute it from.
 *
 * @param onsets stays with an onset
 * @param patientsAlerted stays with at least one page
 * @param alertsPer100Days alerts raised per 100 patient-days
 * @param pagesPer100Days pages per 100 patient-days: raised, reopened, repeated and escalated
 * @param suppressedPer100Days readings of an open alert that caused no transition, per 100 patient-days
 * @param sensitivity stays with an onset that a page foresaw within the horizon, of all stays with one
 * @param ppvOfStays of the stays with a page before the onset, those that it foresaw within the horizon
 * @param ppvOfPages of the pages before an onset, or in stays without one, those that an onset followed within the horizon
 * @param leadHours median from the first page within the horizon to the onset
 */
record Measures(
        int stays,
        long onsets,
        double patientDays,
        long patientsAlerted,
        @Nullable Estimate alertsPer100Days,
        @Nullable Estimate pagesPer100Days,
        @Nullable Estimate suppressedPer100Days,
        @Nullable Estimate sensitivity,
        @Nullable Estimate ppvOfStays,
        @Nullable Estimate ppvOfPages,
        @Nullable Estimate leadHours,
        List<RuleCounts> byRule) {

    /** What a rule did at one severity. */
    record RuleCounts(String rule, String severity, long raised, long pages, long suppressed) {

        static RuleCounts of(AlertEvent event) {
            return new RuleCounts(
                    event.rule(),
                    event.severity(),
                    event.isRaised() ? 1 : 0,
                    event.isPage() ? 1 : 0,
                    event.isSuppressed() ? 1 : 0);
        }

        RuleCounts plus(RuleCounts other) {
            return new RuleCounts(
                    rule, severity, raised + other.raised, pages + other.pages, suppressed + other.suppressed);
        }
    }

    static Measures of(List<Stay> stays, Duration horizon) {
        return new Measures(
                stays.size(),
                count(stays, Stay::hasOnset),
                days(stays),
                count(stays, stay -> !stay.pages().isEmpty()),
                Estimate.of(stays, some -> per100Days(some, Stay::raised)),
                Estimate.of(stays, Measures::pagesPer100Days),
                Estimate.of(stays, some -> per100Days(some, Stay::suppressed)),
                Estimate.of(stays, some -> sensitivity(some, horizon)),
                Estimate.of(
                        stays,
                        some -> percent(
                                count(some, stay -> stay.isForeseen(horizon)),
                                count(some, stay -> !stay.warnings().isEmpty()))),
                Estimate.of(
                        stays,
                        some -> percent(sum(some, stay -> stay.truePages(horizon)), sum(some, stay -> stay.warnings()
                                .size()))),
                Estimate.of(stays, some -> medianLeadHours(some, horizon)),
                byRule(stays));
    }

    static double sensitivity(List<Stay> stays, Duration horizon) {
        return percent(count(stays, stay -> stay.isForeseen(horizon)), count(stays, Stay::hasOnset));
    }

    static double pagesPer100Days(List<Stay> stays) {
        return per100Days(stays, stay -> stay.pages().size());
    }

    private static double per100Days(List<Stay> stays, ToLongFunction<Stay> what) {
        double days = days(stays);
        return days == 0 ? Double.NaN : 100.0 * sum(stays, what) / days;
    }

    private static double days(List<Stay> stays) {
        return stays.stream().mapToDouble(Stay::days).sum();
    }

    private static double medianLeadHours(List<Stay> stays, Duration horizon) {
        double[] leads = stays.stream()
                .map(stay -> stay.lead(horizon))
                .filter(Objects::nonNull)
                .mapToDouble(lead -> lead.toMillis() / 3_600_000.0)
                .sorted()
                .toArray();
        int middle = leads.length / 2;
        return leads.length == 0
                ? Double.NaN
                : leads.length % 2 == 1 ? leads[middle] : (leads[middle - 1] + leads[middle]) / 2;
    }

    private static List<RuleCounts> byRule(List<Stay> stays) {
        Map<List<String>, RuleCounts> counts = new HashMap<>();
        stays.forEach(stay -> stay.events()
                .forEach(event ->
                        counts.merge(List.of(event.rule(), event.severity()), RuleCounts.of(event), RuleCounts::plus)));
        return counts.values().stream()
                .sorted(Comparator.comparing(RuleCounts::rule).thenComparing(RuleCounts::severity))
                .toList();
    }

    private static long count(List<Stay> stays, Predicate<Stay> which) {
        return stays.stream().filter(which).count();
    }

    private static long sum(List<Stay> stays, ToLongFunction<Stay> what) {
        return stays.stream().mapToLong(what).sum();
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? Double.NaN : 100.0 * part / whole;
    }
}
