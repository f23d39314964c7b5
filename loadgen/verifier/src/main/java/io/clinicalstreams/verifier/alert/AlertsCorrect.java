package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.verifier.account.ProblemList;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.classify.Expected;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.InputListener;
import io.clinicalstreams.verifier.classify.OutputHeaders;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
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
 * the one at the origin that its header names, read again from the input. An alert that ended without a reading shows
 * the latest one.
 *
 * <p>When the run starts in the middle of the input, evidence from before it is not known and not checked.
 */
public final class AlertsCorrect implements InputListener {

    private final ProblemList problems = new ProblemList();
    private final Map<String, IssueState> states = new HashMap<>();
    private final Readings readings;
    private final RuleVersions rules;
    private final Mark from;

    private AlertsCorrect(Readings readings, RuleVersions rules, Mark from) {
        this.readings = readings;
        this.rules = rules;
        this.from = from;
    }

    /** Reads what the alerts refer to: of the input, which comes next, only that is kept. */
    public static AlertsCorrect of(TopicSource source, VerifiedTopics topics, Mark from) {
        Readings readings = new Readings(from.isBeginningOf(topics.received().fullName()));
        source.read(topics.alertsGenerated(), from, record -> {
            WrittenIssue issue = WrittenIssue.read(record);
            if (issue != null) {
                readings.want(new ClinicalHeaders(record.headers()).origin(), issue.evidence());
            }
        });
        return new AlertsCorrect(readings, RuleVersions.read(source, topics), from);
    }

    @Override
    public void input(ConsumerRecord<byte[], byte[]> record, List<Expected> expected, List<Fact> facts) {
        readings.add(facts);
    }

    @Override
    public void rekeyed(ConsumerRecord<byte[], byte[]> record, Coordinates origin) {
        // Its facts came with the input.
    }

    /** Compares the alerts with the input, which has been read. */
    public Promise check(TopicSource source, VerifiedTopics topics) {
        source.read(topics.alertsGenerated(), from, this::check);
        return problems::lines;
    }

    private void check(ConsumerRecord<byte[], byte[]> record) {
        WrittenIssue issue = WrittenIssue.read(record);
        if (issue == null) {
            return; // EveryAlertOnce reports it
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
        if (cause == null && !issue.isEnded()) {
            broken(issue, "names no origin");
            return;
        }
        byte[] key = record.key() == null ? new byte[0] : record.key();
        String patient = new String(key, StandardCharsets.UTF_8);
        if (cause != null && !cause.patient().equals(patient)) {
            broken(issue, "is not under its patient's key");
        }
        if (!headers(issue, cause).matches(record.headers())) {
            broken(issue, "has wrong headers");
        }
        if (issue.isEnded()) {
            checkEnding(issue, patient);
        } else if (cause instanceof Fact.Observed observed) {
            checkAlert(issue, observed);
        } else {
            broken(issue, "was not caused by an Observation");
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
    private void checkAlert(WrittenIssue issue, Fact.Observed cause) {
        checkRule(issue, cause.at());
        OracleRule rule = rules.find(issue.form().rule(), issue.ruleVersion());
        if (rule != null) {
            checkContent(issue, rule, List.of(cause), "rule");
        }
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
        if (rule != null
                && !readings.mayBeEarlier(patient, latest)
                && !issue.endReason().equals("rule-changed")) {
            checkContent(issue, rule, readings.of(patient, latest), "latest evidence");
        }
    }

    private void checkRule(WrittenIssue issue, Instant at) {
        if (!rules.isInUse(issue.form().rule(), issue.ruleVersion(), at)) {
            broken(issue, "follows a rule that was not in use");
        }
    }

    /** @param otherwise what is wrong when no result is about the rule */
    private void checkContent(
            WrittenIssue issue, OracleRule rule, List<Fact.Observed> possibleReadings, String otherwise) {
        IssueState before = states.get(issue.form().id());
        Set<String> wrong = possibleReadings.stream()
                .flatMap(reading -> reading.measured().stream()
                        .filter(rule::concerns)
                        .map(measured ->
                                new ExpectedIssue(rule, reading, measured, before, readings).differences(issue)))
                .min(Comparator.comparingInt(Set::size))
                .orElse(new TreeSet<>(Set.of(otherwise)));
        if (!wrong.isEmpty()) {
            broken(issue, "has a wrong " + String.join(", ", wrong));
        }
        possibleReadings.stream()
                .findFirst()
                .ifPresent(reading -> states.put(issue.form().id(), IssueState.after(before, issue, reading)));
    }

    private void broken(WrittenIssue issue, String how) {
        problems.add(issue.form().id() + " version " + issue.form().version() + ' ' + how);
    }

    /**
     * What later versions of an alert keep from earlier ones.
     *
     * @param encounter the latest known one; null when there was none
     */
    record IssueState(@Nullable String encounter, boolean testData) {

        static IssueState after(@Nullable IssueState before, WrittenIssue issue, Fact.Observed cause) {
            if (issue.isEnded() && before != null) {
                return before;
            }
            boolean isFirst = issue.form().version() == 1;
            String known = before == null ? issue.encounter() : before.encounter();
            boolean test = before == null ? !isFirst && issue.isTestData() : before.testData();
            return new IssueState(
                    cause.encounter() != null ? cause.encounter() : isFirst ? null : known, test || cause.testData());
        }
    }
}
