package io.clinicalstreams.verifier;

import io.clinicalstreams.topics.check.CheckResult;
import io.clinicalstreams.verifier.account.PatientOrderKept;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.alert.AlertCounts;
import io.clinicalstreams.verifier.alert.AlertForms;
import io.clinicalstreams.verifier.alert.AlertOracle;
import io.clinicalstreams.verifier.alert.EveryAlertOnce;
import io.clinicalstreams.verifier.alert.ExpectedAlerts;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.List;
import java.util.Map;

/**
 * What the topics say of a run: what became of every resource, which alerts changed, and which guarantees held.
 *
 * @param checks one for each guarantee
 * @param otherProblems how many things are incorrect besides loss and duplication
 */
public record RunVerdict(Verdict resources, AlertCounts alerts, List<CheckResult> checks, long otherProblems) {

    private static final String ONCE = "each alert once";
    private static final String DUE = "alerts as due";
    private static final String CORRECT = "each in its topic, key and partition, or rejected for the right reason";
    private static final String NOT_ASKED = "the alerts are not judged";

    public RunVerdict {
        checks = List.copyOf(checks);
    }

    /**
     * Reads everything behind the mark.
     *
     * @param acknowledged records that the sender knows to be taken; negative when that is not known
     * @param alerting whether the alerts are judged
     */
    public static RunVerdict of(
            TopicSource source, VerifiedTopics topics, Mark from, long acknowledged, boolean alerting) {
        Verdict resources = Verifier.verify(source, topics, from, acknowledged);
        AlertForms standing = alerting ? AlertForms.current(source, topics, from) : new AlertForms(Map.of());
        AlertCounts alerts = standing.counts();
        CheckResult order = check(
                "patient order",
                PatientOrderKept.check(source, topics, from),
                "the resources of each patient are in the order of the input");
        CheckResult once = alerting
                ? check(ONCE, EveryAlertOnce.check(source, topics, from), text(alerts))
                : CheckResult.skipped(ONCE, NOT_ASKED);
        CheckResult due = alerting ? alertsDue(source, topics, from, standing) : CheckResult.skipped(DUE, NOT_ASKED);
        List<CheckResult> checks = List.of(
                check("nothing lost", resources.nothingLost(), resources.sent() + " resources, each with an outcome"),
                check("nothing duplicated", resources.nothingDuplicated(), "no outcome is there twice"),
                check("outcomes correct", resources.outcomesCorrect(), CORRECT),
                order,
                once,
                due);
        return new RunVerdict(
                resources,
                alerts,
                checks,
                resources.otherProblems() + broken(List.of(order, once, due)).size());
    }

    /** Which alerts are due follows from all that was ever received of a patient, and from rules that stay. */
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
                        expected.demanded() + " alerts are due, all in their final form");
    }

    private static CheckResult check(String name, Promise promise, String whenHeld) {
        return CheckResult.of(name, promise.broken(), whenHeld);
    }

    private static String text(AlertCounts alerts) {
        return "%d alerts: escalated %d, resolved %d, retracted %d"
                .formatted(alerts.raised(), alerts.escalated(), alerts.resolved(), alerts.retracted());
    }

    /** Nothing lost, nothing duplicated, every alert as it is due. */
    public boolean isGood() {
        return checks.stream().noneMatch(check -> check.verdict() == CheckResult.Verdict.NOT_HELD);
    }

    /** What did not hold, the first lines of each guarantee. */
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
