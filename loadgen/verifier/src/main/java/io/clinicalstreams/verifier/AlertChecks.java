package io.clinicalstreams.verifier;

import io.clinicalstreams.topics.check.CheckResult;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.alert.AlertCounts;
import io.clinicalstreams.verifier.alert.AlertForms;
import io.clinicalstreams.verifier.alert.AlertOracle;
import io.clinicalstreams.verifier.alert.AlertsCorrect;
import io.clinicalstreams.verifier.alert.Duplicates;
import io.clinicalstreams.verifier.alert.EveryAlertOnce;
import io.clinicalstreams.verifier.alert.ExpectedAlerts;
import io.clinicalstreams.verifier.alert.MergesKept;
import io.clinicalstreams.verifier.alert.SilenceOracle;
import io.clinicalstreams.verifier.classify.ExpectedResources;
import io.clinicalstreams.verifier.classify.InputListener;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checks of the alerts. They take the input while it is read, some of them a second time, when it is known what in it
 * matters, and judge when all of it was.
 */
record AlertChecks(
        TopicSource source,
        VerifiedTopics topics,
        Mark from,
        Duplicates duplicates,
        AlertsCorrect correct,
        AlertOracle oracle,
        SilenceOracle silences,
        MergesKept merges) {

    private static final String ONCE = "each alert once";
    private static final String SAYS = "alerts correct";
    private static final String DUE = "alerts as expected";
    private static final String MERGES = "merges";

    static AlertChecks of(TopicSource source, VerifiedTopics topics, Mark from) {
        Duplicates duplicates = new Duplicates();
        return new AlertChecks(
                source,
                topics,
                from,
                duplicates,
                AlertsCorrect.of(source, topics, from, duplicates),
                AlertOracle.of(source, topics, duplicates),
                SilenceOracle.of(source, topics, from, duplicates),
                new MergesKept(duplicates, topics));
    }

    static List<CheckResult> skipped(String why) {
        return Stream.of(ONCE, SAYS, DUE, MERGES)
                .map(name -> CheckResult.skipped(name, why))
                .toList();
    }

    List<InputListener> listeners() {
        return List.of(duplicates, correct, oracle, silences);
    }

    /** Reads the input again for those that need it. */
    void readAgain() {
        List<InputListener> again = new ArrayList<>();
        if (correct.needsInputAgain(source, topics)) {
            again.add(correct);
        }
        if (isWhole() && oracle.needsInputAgain()) {
            again.add(oracle);
        }
        if (isWhole()) {
            again.add(merges);
        }
        if (!again.isEmpty()) {
            Mark unused = new ExpectedResources(topics).read(source, from, again);
        }
    }

    private boolean isWhole() {
        return from.isBeginningOf(topics.received().fullName());
    }

    /** Which alerts are due depends on a patient's whole input: null if that was not read. */
    @Nullable
    ExpectedAlerts due() {
        if (!isWhole()) {
            return null;
        }
        ExpectedAlerts due = oracle.expected();
        silences.addTo(due);
        return due;
    }

    List<CheckResult> results(AlertForms standing, @Nullable ExpectedAlerts due) {
        return List.of(
                EveryAlertOnce.check(source, topics, from).result(ONCE, text(standing.counts())),
                saying(due)
                        .result(
                                SAYS,
                                "each names the patient, value, limit, evidence and times of its input, and no more"),
                asExpected(standing, due),
                mergesKept());
    }

    private CheckResult mergesKept() {
        return isWhole()
                ? merges.check(source, topics, from)
                        .result(MERGES, "what belongs to a duplicate goes on under the patient that replaces it")
                : CheckResult.skipped(
                        MERGES,
                        "needs the input from the beginning of "
                                + topics.received().fullName());
    }

    /** Silences follow from the whole input of a patient, and from rules that did not change. */
    private Promise saying(@Nullable ExpectedAlerts due) {
        List<String> broken = new ArrayList<>(correct.check(source, topics).broken());
        if (due != null && !due.rulesChanged()) {
            broken.addAll(silences.check(source).broken());
        }
        return () -> List.copyOf(broken);
    }

    private CheckResult asExpected(AlertForms standing, @Nullable ExpectedAlerts due) {
        if (due == null) {
            return CheckResult.skipped(
                    DUE,
                    "needs the input from the beginning of " + topics.received().fullName());
        }
        return due.rulesChanged()
                ? CheckResult.skipped(DUE, "an alert rule was written after the first input")
                : due.compare(standing)
                        .result(
                                DUE,
                                due.demanded() + " alerts must exist and do; every alert has a possible final form");
    }

    private static String text(AlertCounts alerts) {
        return "%d alerts: escalated %d, resolved %d, retracted %d"
                .formatted(alerts.raised(), alerts.escalated(), alerts.resolved(), alerts.retracted());
    }
}
