package io.clinicalstreams.verifier;

import io.clinicalstreams.topics.check.CheckResult;
import io.clinicalstreams.verifier.account.PatientOrderKept;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.alert.AlertCounts;
import io.clinicalstreams.verifier.alert.AlertForms;
import io.clinicalstreams.verifier.alert.AlertOracle;
import io.clinicalstreams.verifier.alert.AlertsCorrect;
import io.clinicalstreams.verifier.alert.EveryAlertOnce;
import io.clinicalstreams.verifier.alert.ExpectedAlerts;
import io.clinicalstreams.verifier.ledger.LedgerCounts;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The verdict on a run: what became of every resource, which alerts changed, and which guarantees held.
 *
 * @param checks one per guarantee
 * @param otherProblems number of problems other than loss and duplication
 */
public record RunVerdict(Verdict resources, AlertCounts alerts, List<CheckResult> checks, long otherProblems) {

    private static final String ONCE = "each alert once";
    private static final String SAYS = "alerts correct";
    private static final String DUE = "alerts as expected";
    private static final String CORRECT = "each in its topic, key and partition, or rejected for the right reason";
    private static final String NOT_ASKED = "the alerts are not judged";
    private static final String NO_LANE = "the catalogue has no alerting lane";

    public RunVerdict {
        checks = List.copyOf(checks);
    }

    /**
     * Reads everything after the mark.
     *
     * @param acknowledged records that were confirmed to the sender; negative when unknown
     * @param withAlerts whether the alerts are judged, if there is an alerting lane
     */
    public static RunVerdict of(
            TopicSource source, VerifiedTopics topics, Mark from, long acknowledged, boolean withAlerts) {
        boolean alerting = withAlerts && topics.hasAlerts();
        String whyNot = topics.hasAlerts() ? NOT_ASKED : NO_LANE;
        Verdict resources = Verifier.verify(source, topics, from, acknowledged);
        AlertForms standing = alerting ? AlertForms.current(source, topics, from) : new AlertForms(Map.of());
        AlertCounts alerts = standing.counts();
        CheckResult order = check(
                "patient order",
                PatientOrderKept.check(source, topics, from),
                "each patient's resources are in input order");
        CheckResult once = alerting
                ? check(ONCE, EveryAlertOnce.check(source, topics, from), text(alerts))
                : CheckResult.skipped(ONCE, whyNot);
        CheckResult says = alerting
                ? check(
                        SAYS,
                        AlertsCorrect.check(source, topics, from),
                        "each names the patient, value, limit, evidence and times of its input, and no more")
                : CheckResult.skipped(SAYS, whyNot);
        CheckResult due = alerting ? alertsDue(source, topics, from, standing) : CheckResult.skipped(DUE, whyNot);
        List<CheckResult> checks = List.of(
                check("nothing lost", resources.nothingLost(), resources.sent() + " resources, each with an outcome"),
                check("nothing duplicated", resources.nothingDuplicated(), "no resource has two outcomes"),
                check("outcomes correct", resources.outcomesCorrect(), CORRECT),
                order,
                once,
                says,
                due);
        return new RunVerdict(
                resources,
                alerts,
                checks,
                resources.otherProblems()
                        + broken(List.of(order, once, says, due)).size());
    }

    /** Which alerts are due depends on a patient's whole input, and on rules that do not change. */
    private static CheckResult alertsDue(TopicSource source, VerifiedTopics topics, Mark from, AlertForms standing) {
        String received = topics.received().fullName();
        if (!from.isBeginningOf(received)) {
            return CheckResult.skipped(DUE, "needs the input from the beginning of " + received);
        }
        ExpectedAlerts expected = AlertOracle.expect(source, topics, from);
        return expected.rulesChanged()
                ? CheckResult.skipped(DUE, "an alert rule was written after the first input")
                : check(
                        DUE,
                        expected.compare(standing),
                        expected.demanded() + " alerts must exist and do; every alert has a possible final form");
    }

    private static CheckResult check(String name, Promise promise, String whenHeld) {
        return CheckResult.of(name, promise.broken(), whenHeld);
    }

    private static String text(AlertCounts alerts) {
        return "%d alerts: escalated %d, resolved %d, retracted %d"
                .formatted(alerts.raised(), alerts.escalated(), alerts.resolved(), alerts.retracted());
    }

    /** Adds the lanes' ledger: its own checks, and whether it counts what became of the resources. */
    RunVerdict with(LedgerVerdict ledger) {
        List<CheckResult> added = Stream.concat(
                        ledger.checks().stream(),
                        Stream.of(check(
                                "ledger as expected",
                                ledger.counted()
                                        .getOrDefault("recording", LedgerCounts.NONE)
                                        .match(resources),
                                "each outcome is counted, with its reason")))
                .toList();
        return new RunVerdict(
                resources,
                alerts,
                Stream.concat(checks.stream(), added.stream()).toList(),
                otherProblems + broken(added).size());
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
