package io.clinicalstreams.verifier;

import io.clinicalstreams.topics.check.CheckResult;
import io.clinicalstreams.verifier.account.PatientOrderKept;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.alert.AlertCounts;
import io.clinicalstreams.verifier.alert.AlertForms;
import io.clinicalstreams.verifier.alert.ExpectedAlerts;
import io.clinicalstreams.verifier.ledger.LedgerCounts;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on a run: what became of every resource, which alerts changed, and which guarantees held.
 *
 * @param checks one per guarantee
 * @param otherProblems number of problems other than loss and duplication
 * @param due the alerts that are due; null if that cannot be known
 * @param counted what each lane's ledger counts; empty if it was not read
 */
public record RunVerdict(
        Verdict resources,
        AlertCounts alerts,
        List<CheckResult> checks,
        long otherProblems,
        @Nullable ExpectedAlerts due,
        Map<String, LedgerCounts> counted) {

    private static final String CORRECT = "each in its topic, key and partition, or rejected for the right reason";
    private static final String NOT_ASKED = "the alerts are not judged";
    private static final String NO_LANE = "the catalogue has no alerting lane";

    public RunVerdict {
        checks = List.copyOf(checks);
        counted = Map.copyOf(counted);
    }

    /**
     * Reads everything after the mark.
     *
     * @param acknowledged records that were confirmed to the sender; negative when unknown
     * @param withAlerts whether the alerts are judged, if there is an alerting lane
     */
    public static RunVerdict of(
            TopicSource source, VerifiedTopics topics, Mark from, long acknowledged, boolean withAlerts) {
        AlertChecks alerting = withAlerts && topics.hasAlerts() ? AlertChecks.of(source, topics, from) : null;
        Verdict resources = Verifier.verify(
                source, topics, from, acknowledged, alerting == null ? List.of() : alerting.listeners());
        if (alerting != null) {
            alerting.readAgain();
        }
        AlertForms standing = alerting == null ? new AlertForms(Map.of()) : AlertForms.current(source, topics, from);
        ExpectedAlerts due = alerting == null ? null : alerting.due();
        List<CheckResult> others = new ArrayList<>();
        others.add(PatientOrderKept.check(source, topics, from)
                .result("patient order", "each patient's resources are in input order"));
        others.addAll(
                alerting == null
                        ? AlertChecks.skipped(topics.hasAlerts() ? NOT_ASKED : NO_LANE)
                        : alerting.results(standing, due));
        List<CheckResult> checks = new ArrayList<>(List.of(
                resources.nothingLost().result("nothing lost", resources.sent() + " resources, each with an outcome"),
                resources.nothingDuplicated().result("nothing duplicated", "no resource has two outcomes"),
                resources.outcomesCorrect().result("outcomes correct", CORRECT)));
        checks.addAll(others);
        return new RunVerdict(
                resources,
                standing.counts(),
                checks,
                resources.otherProblems() + broken(others).size(),
                due,
                Map.of());
    }

    /** Adds the lanes' ledger: its own checks, and whether it counts what became of the resources. */
    RunVerdict with(LedgerVerdict ledger) {
        List<CheckResult> added = Stream.concat(
                        ledger.checks().stream(),
                        Stream.of(ledger.counted()
                                .getOrDefault("recording", LedgerCounts.NONE)
                                .match(resources)
                                .result("ledger as expected", "each outcome is counted, with its reason")))
                .toList();
        return new RunVerdict(
                resources,
                alerts,
                Stream.concat(checks.stream(), added.stream()).toList(),
                otherProblems + broken(added).size(),
                due,
                ledger.counted());
    }

    /** Nothing lost, nothing duplicated, every alert as expected. */
    public boolean isGood() {
        return checks.stream().noneMatch(check -> check.verdict() == CheckResult.Verdict.NOT_HELD);
    }

    /** The problems of each guarantee that did not hold, the first lines of each. */
    public List<String> broken() {
        return broken(checks);
    }

    private static List<String> broken(List<CheckResult> checks) {
        return checks.stream()
                .filter(check -> check.verdict() == CheckResult.Verdict.NOT_HELD)
                .flatMap(check -> check.details().stream())
                .toList();
    }
}
