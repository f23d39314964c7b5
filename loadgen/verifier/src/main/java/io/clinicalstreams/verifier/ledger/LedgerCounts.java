package io.clinicalstreams.verifier.ledger;

import io.clinicalstreams.topics.wire.Tick;
import io.clinicalstreams.verifier.account.ProblemList;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.account.Verdict;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * Counts of the ledger: of one record, or summed.
 *
 * @param outcomes of resources, by group and reason: each resource has one
 * @param findings in evaluated Observations, by group and reason
 */
public record LedgerCounts(
        long records,
        long resources,
        Map<String, Map<String, Long>> outcomes,
        Map<String, Map<String, Long>> findings) {

    public static final LedgerCounts NONE = new LedgerCounts(0, 0, Map.of(), Map.of());

    LedgerCounts plus(LedgerCounts other) {
        return combined(other, Long::sum);
    }

    LedgerCounts minus(LedgerCounts other) {
        return combined(other, (mine, others) -> mine - others);
    }

    private LedgerCounts combined(LedgerCounts other, BinaryOperator<Long> operation) {
        return new LedgerCounts(
                operation.apply(records, other.records),
                operation.apply(resources, other.resources),
                combined(outcomes, other.outcomes, operation),
                combined(findings, other.findings, operation));
    }

    private static Map<String, Map<String, Long>> combined(
            Map<String, Map<String, Long>> mine,
            Map<String, Map<String, Long>> others,
            BinaryOperator<Long> operation) {
        Map<String, Map<String, Long>> all = new TreeMap<>();
        mine.forEach((group, reasons) -> all.put(group, new TreeMap<>(reasons)));
        others.forEach((group, reasons) -> reasons.forEach((reason, count) -> {
            Map<String, Long> sums = all.computeIfAbsent(group, each -> new TreeMap<>());
            sums.put(reason, operation.apply(sums.getOrDefault(reason, 0L), count));
        }));
        all.values().forEach(reasons -> reasons.values().removeIf(count -> count == 0));
        all.values().removeIf(Map::isEmpty);
        return all;
    }

    /** The number of outcomes of all kinds. */
    long outcomesInAll() {
        return outcomes.values().stream()
                .flatMap(reasons -> reasons.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Whether no count is negative. */
    boolean isPossible() {
        return records >= 0
                && resources >= 0
                && Stream.of(outcomes, findings)
                        .flatMap(groups -> groups.values().stream())
                        .flatMap(reasons -> reasons.values().stream())
                        .allMatch(count -> count >= 0);
    }

    /** The recording lane's counts are those of another judge. */
    public Promise match(Verdict verdict) {
        ProblemList problems = new ProblemList();
        compare("recorded", verdict.recorded(), problems);
        compare("rejected", verdict.rejected(), problems);
        compare("ignored", verdict.ignored(), problems);
        return problems::lines;
    }

    private void compare(String group, Map<String, Long> expected, ProblemList problems) {
        Set<String> reasons = new TreeSet<>(expected.keySet());
        reasons.addAll(outcomes(group).keySet());
        // What a duplicate forwarded is no input; both lanes must have read as much of it.
        reasons.removeAll(Set.of("Merge", "MergedEncounter"));
        for (String reason : reasons) {
            long counted = outcomes(group).getOrDefault(reason, 0L);
            long due = expected.getOrDefault(reason, 0L);
            // The service's ticks are ignored resources, more of them come all the time, and no sender confirmed them.
            boolean isTicked = group.equals("ignored") && reason.equals(Tick.RESOURCE_TYPE) && counted > due;
            if (counted != due && !isTicked) {
                problems.add("the ledger has %d %s as %s, the input %d".formatted(counted, group, reason, due));
            }
        }
    }

    /** The counts of a group of outcomes, by reason. */
    public Map<String, Long> outcomes(String group) {
        return outcomes.getOrDefault(group, Map.of());
    }

    /** The counts of a group of findings, by reason. */
    public Map<String, Long> findings(String group) {
        return findings.getOrDefault(group, Map.of());
    }
}
