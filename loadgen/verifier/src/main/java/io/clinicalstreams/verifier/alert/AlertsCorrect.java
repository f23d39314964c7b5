package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.verifier.account.ProblemList;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.classify.Expected;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.InputListener;
import io.clinicalstreams.verifier.rule.OracleRule;
import io.clinicalstreams.verifier.rule.RuleVersions;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.OutputHeaders;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Every version of an alert says what the Observation that caused it and the rule say, and nothing else: key and
 * reference of the patient, value with its unit, limit, severity, evidence, times and every header. The Observation is
 * the one at the origin that its header names, read again from the input. If that is a later version of an earlier one,
 * a withdrawal, or a late flagged result, the alert may show any reading of the patient. An alert that ended without a reading, or is retracted,
 * shows the latest one.
 *
 * <p>When the run starts in the middle of the input, evidence from before it is not known and not checked.
 */
public final class AlertsCorrect implements InputListener {

    private ProblemList problems = new ProblemList();
    private final Map<String, IssueState> states = new HashMap<>();
    private final Set<String> unexplained = new HashSet<>();
    private final Readings readings;
    private final RuleVersions rules;
    private final Mark from;
    private final Duplicates duplicates;

    private AlertsCorrect(Readings readings, RuleVersions rules, Mark from, Duplicates duplicates) {
        this.duplicates = duplicates;
        this.readings = readings;
        this.rules = rules;
        this.from = from;
    }

    /** Reads what the alerts refer to: of the input, which comes next, only that is kept. */
    public static AlertsCorrect of(TopicSource source, VerifiedTopics topics, Mark from, Duplicates duplicates) {
        Readings readings = new Readings(from.isBeginningOf(topics.received().fullName()), duplicates);
        source.read(topics.alertsGenerated(), from, record -> {
            WrittenIssue issue = WrittenIssue.read(record);
            if (issue != null) {
                readings.want(new ClinicalHeaders(record.headers()).origin(), issue.evidence());
            }
        });
        return new AlertsCorrect(readings, RuleVersions.read(source, topics), from, duplicates);
    }

    @Override
    public void input(ConsumerRecord<byte[], byte[]> record, List<Expected> expected, List<Fact> facts) {
        readings.add(facts);
    }

    @Override
    public void rekeyed(ConsumerRecord<byte[], byte[]> record, Coordinates origin) {
        // Its facts came with the input.
    }

    /**
     * Compares the alerts with the input, which was read once. What is not explained by the reading that caused it may be
     * by another one, if that was corrected or withdrawn: then all input of those patients must be read.
     */
    public boolean needsInputAgain(TopicSource source, VerifiedTopics topics) {
        source.read(topics.alertsGenerated(), from, this::check);
        readings.wantAll(unexplained);
        return !unexplained.isEmpty();
    }

    /** What is wrong by all that was read. */
    public Promise check(TopicSource source, VerifiedTopics topics) {
        if (!unexplained.isEmpty()) {
            problems = new ProblemList();
            states.clear();
            source.read(topics.alertsGenerated(), from, this::check);
        }
        return problems::lines;
    }

    private void check(ConsumerRecord<byte[], byte[]> record) {
        WrittenIssue issue = WrittenIssue.read(record);
        if (issue == null || rules.isSilence(issue.form().rule())) {
            return; // EveryAlertOnce and SilenceOracle report it
        }
        Coordinates origin = new ClinicalHeaders(record.headers()).origin();
        Fact cause = origin == null ? null : readings.at(origin);
        if (cause == null && origin != null) {
            boolean isJudged = origin.offset() >= from.of(new TopicPartition(origin.topic(), origin.partition()));
            if (isJudged) {
                broken(issue, "names an origin that causes no alert");
            }
            return;
        }
        boolean isByRule = issue.form().transition().equals("revised")
                && rules.isChanged(issue.form().rule());
        boolean mayHaveNone = issue.isEnded() || isByRule;
        if (cause == null && !mayHaveNone) {
            broken(issue, "names no origin");
            return;
        }
        byte[] key = record.key() == null ? new byte[0] : record.key();
        String patient = new String(key, StandardCharsets.UTF_8);
        if (cause != null && !duplicates.of(patient).contains(cause.patient())) {
            broken(issue, "is not under its patient's key");
        }
        if (!headers(issue, cause).matches(record.headers())) {
            broken(issue, "has wrong headers");
        }
        if (issue.isEnded()) {
            checkEnding(issue, patient);
        } else {
            checkAlert(issue, patient, cause);
        }
    }

    private static OutputHeaders headers(WrittenIssue issue, @Nullable Fact cause) {
        AlertForm form = issue.form();
        OutputHeaders headers = OutputHeaders.of(
                        cause == null ? null : cause.origin(), cause == null ? null : cause.sentAt())
                .with(HeaderNames.ALERT_ID, form.id())
                .with(HeaderNames.ALERT_VERSION, Integer.toString(form.version()))
                .with(HeaderNames.RULE, form.rule())
                .with(HeaderNames.SEVERITY, form.severity())
                .with(HeaderNames.TRANSITION, form.transition());
        return issue.ruleVersion().isEmpty() ? headers : headers.with(HeaderNames.RULE_VERSION, issue.ruleVersion());
    }

    /** One result of the Observation must explain the alert; without one, the closest tells what is wrong. */
    private void checkAlert(WrittenIssue issue, String patient, @Nullable Fact fact) {
        Instant at = fact == null ? issue.lastUpdated() : fact.at();
        checkRule(issue, at);
        OracleRule rule = rules.find(issue.form().rule(), issue.ruleVersion());
        if (rule == null) {
            return;
        }
        boolean isRetracted = issue.form().transition().equals("retracted");
        boolean isAgain = !duplicates.isAlone(patient)
                || !(fact instanceof Fact.Observed observed)
                || readings.isLaterVersion(observed)
                || isLate(issue, rule, observed);
        List<Fact.Observed> shown = isRetracted
                ? readings.of(patient, issue.roles().getOrDefault("latest", ""))
                : isAgain ? readings.of(patient) : List.of((Fact.Observed) fact);
        Cause cause = fact instanceof Fact.Observed observed
                ? Cause.by(observed, isAgain).under(patient)
                : Cause.without(patient, at, fact == null ? "rule-changed" : label(patient));
        checkContent(issue, rule, cause, shown, "rule");
    }

    /** What a Patient changes. */
    private String label(String patient) {
        return duplicates.isAlone(patient) ? "age" : "merged";
    }

    /** Then newer readings are judged with it that were not before: those which a limit judges, while none was open. */
    private static boolean isLate(WrittenIssue issue, OracleRule rule, Fact.Observed cause) {
        return rule.isByAnalyte() && !cause.identity().equals(issue.roles().get("latest"));
    }

    /** It shows the latest reading, which did not cause it. When the kind of the rule changed, the rest is unknown. */
    private void checkEnding(WrittenIssue issue, String patient) {
        String id = issue.form().rule();
        String latest = issue.roles().getOrDefault("latest", "");
        boolean isRemoved = issue.ruleVersion().isEmpty();
        if (isRemoved && !rules.isRemoved(id)) {
            broken(issue, "names no version of its rule");
        } else if (!isRemoved) {
            checkRule(issue, issue.lastUpdated());
        }
        OracleRule rule = isRemoved ? rules.latest(id) : rules.find(id, issue.ruleVersion());
        if (rule != null && !rules.isOfSeveralKinds(id) && !readings.mayBeEarlier(patient, latest)) {
            Cause cause = Cause.without(patient, issue.lastUpdated(), "");
            checkContent(issue, rule, cause, readings.of(patient, latest), "latest evidence");
        }
    }

    private void checkRule(WrittenIssue issue, Instant at) {
        if (!rules.isInUse(issue.form().rule(), issue.ruleVersion(), at)) {
            broken(issue, "follows a rule that was not in use");
        }
    }

    /**
     * @param shown the readings whose value it may show
     * @param otherwise what is wrong when no result is about the rule
     */
    private void checkContent(
            WrittenIssue issue, OracleRule rule, Cause cause, List<Fact.Observed> shown, String otherwise) {
        IssueState known = states.get(issue.form().id());
        IssueState before = known != null && known.version() == issue.form().version() - 1 ? known : null;
        Set<String> wrong = wrong(issue, rule, cause, shown, before, otherwise);
        if (!wrong.isEmpty()) {
            unexplained.add(cause.patient());
            if (readings.isComplete() || issue.isEnded() || !cause.isAgain()) {
                broken(issue, "has a wrong " + String.join(", ", wrong));
            }
        }
        states.put(issue.form().id(), IssueState.after(before, issue, cause));
    }

    /** How it differs from what the closest reading says. Its evidence is asked first: that explains it, if it is right. */
    private Set<String> wrong(
            WrittenIssue issue,
            OracleRule rule,
            Cause cause,
            List<Fact.Observed> shown,
            @Nullable IssueState before,
            String otherwise) {
        Collection<String> evidence = issue.evidence();
        Iterator<Set<String>> differences = shown.stream()
                .sorted(Comparator.comparing(reading -> !evidence.contains(reading.identity())))
                .flatMap(reading -> reading.measured().stream()
                        .filter(rule::concerns)
                        .map(measured ->
                                new ExpectedIssue(rule, cause, reading, measured, before, readings).differences(issue)))
                .iterator();
        Set<String> fewest = new TreeSet<>(Set.of(otherwise));
        boolean isFirst = true;
        while (differences.hasNext() && !fewest.isEmpty()) {
            Set<String> next = differences.next();
            fewest = isFirst || next.size() < fewest.size() ? next : fewest;
            isFirst = false;
        }
        return fewest;
    }

    private void broken(WrittenIssue issue, String how) {
        problems.add(issue.form().id() + " version " + issue.form().version() + ' ' + how);
    }

    /**
     * The input that caused an alert's version.
     *
     * @param subject the reference to the patient as written
     * @param isAgain whether it changed how earlier readings are judged: the alert may show any of them
     * @param label why an alert is retracted, or why its deciding reading is not known any more
     */
    record Cause(
            String patient,
            Instant at,
            String subject,
            @Nullable String encounter,
            boolean testData,
            boolean isAgain,
            String label) {

        static Cause by(Fact.Observed observed, boolean isAgain) {
            return new Cause(
                    observed.patient(),
                    observed.at(),
                    observed.subject(),
                    observed.encounter(),
                    observed.testData(),
                    isAgain,
                    observed.isWithdrawn() ? "withdrawn" : "corrected");
        }

        /** The same for an alert of a patient with several keys: what came under another one is written with this one. */
        Cause under(String key) {
            return patient.equals(key) ? this : new Cause(key, at, key, encounter, testData, isAgain, label);
        }

        /** No Observation. */
        static Cause without(String patient, Instant at, String label) {
            return new Cause(patient, at, patient, null, false, true, label);
        }

        /** Hides the patient: this text may be logged. */
        @Override
        public String toString() {
            return "Cause[hidden]";
        }
    }

    /**
     * What the next version of an alert keeps from this one.
     *
     * @param encounter the latest known one; null when there was none
     */
    record IssueState(int version, @Nullable String encounter, boolean testData) {

        static IssueState after(@Nullable IssueState before, WrittenIssue issue, Cause cause) {
            if (issue.isEnded() && before != null) {
                return new IssueState(issue.form().version(), before.encounter(), before.testData());
            }
            if (cause.isAgain()) {
                return new IssueState(issue.form().version(), issue.encounter(), issue.isTestData());
            }
            boolean isFirst = issue.form().version() == 1 && !issue.isContinued();
            String known = before == null ? issue.encounter() : before.encounter();
            boolean test = before == null ? !isFirst && issue.isTestData() : before.testData();
            return new IssueState(
                    issue.form().version(),
                    cause.encounter() != null ? cause.encounter() : isFirst ? null : known,
                    test || cause.testData());
        }
    }
}
