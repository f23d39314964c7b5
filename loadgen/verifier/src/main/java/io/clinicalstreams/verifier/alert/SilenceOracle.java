package io.clinicalstreams.verifier.alert;

import com.fasterxml.jackson.databind.JsonNode;
import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.topics.wire.Heartbeat;
import io.clinicalstreams.verifier.account.ProblemList;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.classify.Expected;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.InputListener;
import io.clinicalstreams.verifier.classify.ObservedResult;
import io.clinicalstreams.verifier.classify.When;
import io.clinicalstreams.verifier.rule.SilenceRule;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Every silence that is due by the time of its partition is an alert, and no other is: each version of each alert, with
 * its patient, evidence, time and headers, derived from the input alone. It needs the patients' whole input, and rules
 * that did not change.
 *
 * <p>A patient with input on both paths, one with several keys, and one whose readings were corrected, may have any silence. Between a second and
 * ten before the end of a partition the lane may have looked, or not.
 */
public final class SilenceOracle implements InputListener {

    /** The lane looks each second of its log's time, at a share of the patients. */
    private static final Duration LOOKS_WITHIN = Duration.ofSeconds(10);

    /** How far a re-keyed record may move the log's time on. */
    private static final Duration AHEAD = Duration.ofDays(1);

    /** Nothing else may be in an alert: it could name the patient. */
    private static final Set<String> ELEMENTS = Set.of(
            "resourceType",
            "id",
            "meta",
            "extension",
            "identifier",
            "status",
            "code",
            "severity",
            "patient",
            "identifiedPeriod",
            "author",
            "implicated",
            "evidence",
            "detail",
            "reference");

    private static final Set<String> HEADERS = Set.of(
            HeaderNames.ORIGIN,
            HeaderNames.SENT_AT,
            HeaderNames.ALERT_ID,
            HeaderNames.ALERT_VERSION,
            HeaderNames.RULE,
            HeaderNames.RULE_VERSION,
            HeaderNames.SEVERITY,
            HeaderNames.TRANSITION);

    /** What was measured last, if it was a number. */
    private static final Pattern VALUE = Pattern.compile("([<>=]{0,2}[-+.0-9eE]+( [^ ,]+)?, )?");

    private final VerifiedTopics topics;
    private final Mark from;
    private final Duplicates duplicates;
    private final Map<String, SilenceRule> rules;
    private final Map<String, List<Fact>> facts = new HashMap<>();
    private final Map<Coordinates, Fact> underWay = new HashMap<>();
    private final Set<String> onBothPaths = new HashSet<>();
    private final Map<Integer, Long> lastInput = new HashMap<>();

    private SilenceOracle(VerifiedTopics topics, Mark from, Map<String, SilenceRule> rules, Duplicates duplicates) {
        this.duplicates = duplicates;
        this.topics = topics;
        this.from = from;
        this.rules = rules;
    }

    /** Reads the rules; the input comes next. */
    public static SilenceOracle of(TopicSource source, VerifiedTopics topics, Mark from, Duplicates duplicates) {
        return new SilenceOracle(topics, from, SilenceRule.read(source, topics), duplicates);
    }

    @Override
    public void input(ConsumerRecord<byte[], byte[]> record, List<Expected> expected, List<Fact> all) {
        boolean isReceived = record.topic().equals(topics.received().fullName());
        lastInput.merge(record.partition(), record.timestamp(), Math::max);
        // Within a record, patients and stays come first, then readings by time.
        heartbeat(record, expected).ifPresent(fact -> add(fact, isReceived));
        if (!rules.isEmpty()) {
            all.stream()
                    .filter(fact -> !(fact instanceof Fact.Observed) && !(fact instanceof Fact.Linked))
                    .forEach(fact -> add(fact, isReceived));
        }
        all.stream()
                .filter(Fact.Observed.class::isInstance)
                .map(Fact.Observed.class::cast)
                .filter(observed -> rules.values().stream().anyMatch(rule -> rule.isAbout(observed)))
                .sorted((one, other) -> time(one).compareTo(time(other)))
                .forEach(fact -> add(fact, isReceived));
    }

    /** A gateway's sign of life: a Device under its own key, in its place. */
    private Optional<Fact> heartbeat(ConsumerRecord<byte[], byte[]> record, List<Expected> expected) {
        String gateway = Heartbeat.gateway(record.key());
        boolean isOne = gateway != null
                && expected.size() == 1
                && Heartbeat.RESOURCE_TYPE.equals(expected.get(0).ignoredAs())
                && topics.received().partitionOf(record.key()) == record.partition();
        if (!isOne || gateway == null) {
            return Optional.empty();
        }
        Expected device = expected.get(0);
        Instant at = Instant.ofEpochMilli(device.timestamp());
        ObservedResult sign = new ObservedResult(
                List.of(Heartbeat.SYSTEM + '|' + Heartbeat.CODE),
                null,
                null,
                null,
                false,
                null,
                true,
                List.of(),
                false);
        Fact fact = new Fact.Observed(
                device.origin(),
                gateway,
                false,
                true,
                at,
                device.sentAt(),
                gateway,
                null,
                false,
                device.origin().toString(),
                "final",
                null,
                null,
                new When(at, at, true),
                null,
                List.of(sign));
        return rules.values().stream().anyMatch(rule -> rule.isAbout((Fact.Observed) fact))
                ? Optional.of(fact)
                : Optional.empty();
    }

    private static Instant time(Fact.Observed observed) {
        Instant time = observed.time();
        return time == null ? observed.at() : time;
    }

    private void add(Fact fact, boolean isReceived) {
        if (fact.rekeyed()) {
            underWay.put(fact.origin(), fact);
        } else {
            facts.computeIfAbsent(fact.patient(), any -> new ArrayList<>()).add(fact);
        }
        if (!isReceived) {
            onBothPaths.add(fact.patient());
        }
    }

    @Override
    public void rekeyed(ConsumerRecord<byte[], byte[]> record, Coordinates origin) {
        Fact fact = underWay.get(origin);
        if (fact != null) {
            facts.computeIfAbsent(fact.patient(), any -> new ArrayList<>()).add(fact);
            onBothPaths.add(fact.patient());
        }
    }

    /** Adds the silences that are due after the input, which has been read. */
    public void addTo(ExpectedAlerts expected) {
        forEach((patient, rule, surely, perhaps) -> {
            if (!surely.certain() || !perhaps.certain()) {
                if (!perhaps.possibleIds().isEmpty()) {
                    expected.anyOf(perhaps.possibleIds());
                }
                return;
            }
            Map<String, List<SilentPatient.Told>> due = byId(surely);
            byId(perhaps).forEach((id, versions) -> {
                int least = due.getOrDefault(id, List.of()).size();
                Set<Form> forms = versions.subList(Math.max(least - 1, 0), versions.size()).stream()
                        .map(told -> new Form(told.transition(), rule.severity(), told.version(), 0))
                        .collect(Collectors.toSet());
                expected.one(id, forms, least > 0);
            });
        });
    }

    /** Compares what the alerts say with the input, which has been read. */
    public Promise check(TopicSource source) {
        Map<String, SilentPatient.Told> told = new HashMap<>();
        Map<String, String> patients = new HashMap<>();
        Set<String> uncertain = new HashSet<>();
        forEach((patient, rule, surely, perhaps) -> {
            perhaps.told().forEach(version -> told.put(version.id() + ' ' + version.version(), version));
            perhaps.possibleIds().forEach(id -> patients.put(id, patient));
            if (!surely.certain() || !perhaps.certain()) {
                uncertain.addAll(perhaps.possibleIds());
            }
        });
        ProblemList problems = new ProblemList();
        source.read(topics.alertsGenerated(), from, record -> {
            WrittenIssue issue = WrittenIssue.read(record);
            SilenceRule rule = issue == null ? null : rules.get(issue.form().rule());
            if (issue != null
                    && rule != null
                    && !uncertain.contains(issue.form().id())) {
                AlertForm form = issue.form();
                SilentPatient.Told version = told.get(form.id() + ' ' + form.version());
                String patient = patients.getOrDefault(form.id(), "");
                Set<String> wrong = version == null
                        ? Set.of("version: it is not due")
                        : differences(patient, rule, version, record, issue);
                if (!wrong.isEmpty()) {
                    problems.add("silence " + form.id() + " version " + form.version() + " has a wrong "
                            + String.join(", ", wrong));
                }
            }
        });
        return problems::lines;
    }

    /** Takes what one rule tells of one patient: what is certain at the end of the log, and what is possible. */
    private interface Taker {
        void take(String patient, SilenceRule rule, SilentPatient surely, SilentPatient perhaps);
    }

    private void forEach(Taker taker) {
        Set<String> patients = new HashSet<>();
        facts.keySet().forEach(patient -> patients.addAll(duplicates.of(patient)));
        patients.forEach(patient -> {
            List<Fact> theirs = duplicates.of(patient).stream()
                    .flatMap(key -> facts.getOrDefault(key, List.of()).stream())
                    .toList();
            int partition = topics.received().partitionOf(patient.getBytes(StandardCharsets.UTF_8));
            Instant end = Instant.ofEpochMilli(lastInput.getOrDefault(partition, 0L));
            for (SilenceRule rule : rules.values()) {
                taker.take(
                        patient,
                        rule,
                        silent(patient, theirs, rule, end.minus(LOOKS_WITHIN)),
                        silent(patient, theirs, rule, end.plus(AHEAD)));
            }
        });
    }

    private SilentPatient silent(String patient, List<Fact> theirs, SilenceRule rule, Instant end) {
        SilentPatient silent = new SilentPatient(patient, rule);
        theirs.forEach(silent::take);
        silent.until(end);
        if (onBothPaths.contains(patient) || !duplicates.isAlone(patient)) {
            silent.doubt();
        }
        return silent;
    }

    private static Map<String, List<SilentPatient.Told>> byId(SilentPatient silent) {
        return silent.told().stream().collect(Collectors.groupingBy(SilentPatient.Told::id));
    }

    private static Set<String> differences(
            String patient,
            SilenceRule rule,
            SilentPatient.Told told,
            ConsumerRecord<byte[], byte[]> record,
            WrittenIssue issue) {
        AlertForm form = issue.form();
        byte[] key = record.key() == null ? new byte[0] : record.key();
        boolean hasOrigin = new ClinicalHeaders(record.headers()).origin() != null;
        boolean isEnded = told.transition().equals("ended");
        Set<String> wrong = new TreeSet<>();
        require("key", patient.equals(new String(key, StandardCharsets.UTF_8)), wrong);
        require("header", isNamed(record, issue), wrong);
        require("origin", hasOrigin == told.transition().equals("resolved") || isEnded, wrong);
        require("version", form.version() == told.version(), wrong);
        require("transition", form.transition().equals(told.transition()), wrong);
        require("severity", form.severity().equals(rule.severity()), wrong);
        require("time", issue.lastUpdated().equals(told.at()), wrong);
        require("rule version", issue.ruleVersion().equals(rule.version()), wrong);
        String criterion = isEnded ? "end-reason" : "interval";
        require(
                "criterion",
                told.criterion()
                        .equals(issue.extension(criterion).path("valueString").asText()),
                wrong);
        Map<String, String> roles = issue.roles();
        require("opening evidence", isNamed(told.opening(), roles.get("opening")), wrong);
        require("latest evidence", isNamed(told.latest(), roles.get("latest")), wrong);
        require("worst evidence", isNamed(told.opening(), roles.get("worst")), wrong);
        require("patient", isAbout(patient, issue.json()), wrong);
        Set<String> elements = new TreeSet<>();
        issue.json().fieldNames().forEachRemaining(elements::add);
        require("element", ELEMENTS.containsAll(elements), wrong);
        String detail = issue.json().path("detail").asText();
        String begin = rule.title() + ' ' + told.transition() + ": ";
        String end = criterion + ' ' + told.criterion() + ". Source: " + rule.source()
                + ". Reference application, not a medical device.";
        boolean isWhole =
                detail.startsWith(begin) && detail.endsWith(end) && detail.length() >= begin.length() + end.length();
        String value = isWhole ? detail.substring(begin.length(), detail.length() - end.length()) : "";
        require("detail", isWhole && VALUE.matcher(value).matches(), wrong);
        return wrong;
    }

    private static boolean isNamed(ConsumerRecord<byte[], byte[]> record, WrittenIssue issue) {
        ClinicalHeaders headers = new ClinicalHeaders(record.headers());
        AlertForm form = issue.form();
        Set<String> names = new HashSet<>();
        for (Header header : record.headers()) {
            if (!names.add(header.key()) || !HEADERS.contains(header.key())) {
                return false;
            }
        }
        return form.id().equals(headers.text(HeaderNames.ALERT_ID))
                && Integer.toString(form.version()).equals(headers.text(HeaderNames.ALERT_VERSION))
                && form.rule().equals(headers.text(HeaderNames.RULE))
                && issue.ruleVersion().equals(headers.text(HeaderNames.RULE_VERSION))
                && form.severity().equals(headers.text(HeaderNames.SEVERITY))
                && form.transition().equals(headers.text(HeaderNames.TRANSITION));
    }

    private static boolean isAbout(String subject, JsonNode issue) {
        return Heartbeat.isGateway(subject)
                ? !issue.has("patient")
                        && issue.at("/implicated/0/reference").asText().equals(subject)
                : issue.path("patient").equals(IssueElements.patient(subject));
    }

    /** An alert's evidence as {@link WrittenIssue} reads it: a reference without its type. */
    private static boolean isNamed(String identity, @Nullable String written) {
        return identity.startsWith("Encounter/") ? identity.equals("Encounter/" + written) : identity.equals(written);
    }

    private static void require(String what, boolean holds, Set<String> wrong) {
        if (!holds) {
            wrong.add(what);
        }
    }
}
