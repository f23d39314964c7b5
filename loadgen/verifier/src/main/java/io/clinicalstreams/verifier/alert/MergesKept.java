package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.Merge;
import io.clinicalstreams.verifier.account.ProblemList;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.classify.Expected;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.InputListener;
import io.clinicalstreams.verifier.rule.SilenceRule;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a duplicate goes on under the Patient that replaces it, once: each of its Observations is forwarded from
 * then on; each input that it forwards is its own, has the bytes of the input and goes to one of the patient's other keys;
 * each alert that moved goes on, at least as severe, as one that continues by the same Patient, unless it is of silence; nothing
 * continues that did not move; and in the end no alert is open under a duplicate.
 */
public final class MergesKept implements InputListener {

    private static final List<String> SEVERITIES = List.of("low", "moderate", "high");

    /** Of an alert that moves: the Patient that says so, and what the alert is about. */
    private record Move(Coordinates origin, String rule) {}

    private record Seen(String patient, AlertForm form) {

        boolean isAtLeast(Seen other) {
            return SEVERITIES.indexOf(form.severity()) >= SEVERITIES.indexOf(other.form.severity());
        }
    }

    private final Duplicates duplicates;
    private final String received;

    /** Origins of the states that were forwarded: the Patients that say so. */
    private final Set<Coordinates> states = new HashSet<>();

    /** The latest version of each Patient when its next input comes. */
    private final Map<String, Fact.Linked> links = new HashMap<>();

    /** Duplicates whose links came by two ways. */
    private final Set<String> unknown = new HashSet<>();

    /** Observations that have not been forwarded, and their patients. */
    private final Map<Coordinates, String> due = new HashMap<>();

    private Set<String> silences = Set.of();
    private final ProblemList problems = new ProblemList();
    private final Map<Coordinates, Expected> inputs = new HashMap<>();
    private final Map<Coordinates, String> patients = new HashMap<>();
    private final Set<List<String>> forwarded = new HashSet<>();
    private final Map<String, Seen> last = new HashMap<>();
    private final Map<Move, Seen> moved = new LinkedHashMap<>();
    private final Map<Move, Seen> continued = new LinkedHashMap<>();

    public MergesKept(Duplicates duplicates, VerifiedTopics topics) {
        this.duplicates = duplicates;
        this.received = topics.received().fullName();
    }

    /** Reads the alerts. The input has been read, when it was known which patients belong together. */
    public Promise check(TopicSource source, VerifiedTopics topics, Mark from) {
        silences = SilenceRule.read(source, topics).keySet();
        source.read(topics.alertsGenerated(), from, this::alert);
        judge();
        return problems::lines;
    }

    @Override
    public void input(ConsumerRecord<byte[], byte[]> record, List<Expected> expected, List<Fact> facts) {
        boolean isReceived = record.topic().equals(received);
        facts.stream()
                .filter(Fact.Linked.class::isInstance)
                .map(Fact.Linked.class::cast)
                .forEach(linked -> link(linked, isReceived, facts));
        for (Fact fact : facts) {
            if (fact instanceof Fact.Observed && isReceived && isForwarded(fact)) {
                due.put(fact.origin(), fact.patient());
            }
            boolean isForwarded = fact instanceof Fact.Observed || fact instanceof Fact.Stay;
            if (isForwarded && !duplicates.isAlone(fact.patient())) {
                patients.put(fact.origin(), fact.patient());
                expected.stream()
                        .filter(each -> each.origin().equals(fact.origin()))
                        .forEach(each -> inputs.put(fact.origin(), each));
            }
        }
    }

    /** Notes the link that a Patient has when the next input comes. Of several in one Bundle any may be the last. */
    private void link(Fact.Linked linked, boolean isReceived, List<Fact> all) {
        String patient = linked.patient();
        long several = all.stream()
                .filter(other -> other instanceof Fact.Linked && other.patient().equals(patient))
                .count();
        if (!isReceived || !isHere(linked) || several > 1 || "".equals(linked.replacedBy())) {
            unknown.add(patient);
        } else {
            links.merge(patient, linked, (last, next) -> Duplicates.order(last, next) <= 0 ? next : last);
        }
    }

    private static boolean isHere(Fact fact) {
        return fact.certain() && !fact.rekeyed();
    }

    private boolean isForwarded(Fact fact) {
        Fact.Linked link = links.get(fact.patient());
        return isHere(fact) && link != null && link.replacedBy() != null && !duplicates.isInCycle(fact.patient());
    }

    @Override
    public void rekeyed(ConsumerRecord<byte[], byte[]> record, Coordinates origin) {
        // It is forwarded only from there.
    }

    @Override
    public void forwarded(ConsumerRecord<byte[], byte[]> record, Merge what, Coordinates origin) {
        String key = text(record.key());
        if (!forwarded.add(List.of(what.label(), origin.toString(), key, hops(record)))) {
            problems.add(Coordinates.of(record), "was forwarded twice");
        }
        if (what != Merge.STATE) {
            due.remove(origin);
        }
        if (what == Merge.STATE) {
            states.add(origin);
            if (duplicates.isAlone(key)) {
                problems.add(Coordinates.of(record), "is a state for a patient who replaces no other");
            }
            return;
        }
        String patient = patients.get(origin);
        Expected input = inputs.get(origin);
        if (patient == null || input == null || !duplicates.isEverReplaced(patient)) {
            problems.add(Coordinates.of(record), "forwards what is no input of a duplicate");
        } else if ((key.equals(patient) && hops(record).equals("1"))
                || !duplicates.of(patient).contains(key)) {
            problems.add(Coordinates.of(record), "forwards to a patient who does not replace this one");
        } else if (!input.asRekeyed().matches(record.value())) {
            problems.add(Coordinates.of(record), "was changed when it was forwarded");
        }
    }

    /** In a cycle it may come to the same key again. */
    private static String hops(ConsumerRecord<byte[], byte[]> record) {
        return Integer.toString(new ClinicalHeaders(record.headers()).mergeHops());
    }

    private void alert(ConsumerRecord<byte[], byte[]> record) {
        WrittenIssue issue = WrittenIssue.read(record);
        String patient = text(record.key());
        if (issue == null) {
            return;
        }
        String transition = issue.form().transition();
        if (duplicates.isAlone(patient)) {
            if (transition.equals("moved") || transition.equals("continued")) {
                problems.add(issue.form().id() + " is " + transition + " although no patients were merged");
            }
            return;
        }
        Seen seen = new Seen(patient, issue.form());
        last.put(issue.form().id(), seen);
        if (!transition.equals("moved") && !transition.equals("continued")) {
            return;
        }
        Coordinates origin = new ClinicalHeaders(record.headers()).origin();
        if (origin == null || !states.contains(origin)) {
            problems.add(issue.form().id() + " is " + transition + ", but no patient's state moved");
            return;
        }
        Move move = new Move(
                origin, issue.form().rule() + ' ' + issue.extension("analyte").path("valueCoding"));
        if (transition.equals("continued")) {
            if (continued.put(move, seen) != null) {
                problems.add("an alert that moved continues twice");
            }
        } else if (!silences.contains(issue.form().rule())) {
            moved.put(move, seen);
        }
    }

    private void judge() {
        due.forEach((origin, patient) -> {
            if (!unknown.contains(patient)) {
                problems.add(origin, "was not forwarded");
            }
        });
        moved.forEach((move, alert) -> {
            if (!duplicates.isEverReplaced(alert.patient())) {
                problems.add("an alert of a patient who is no duplicate moved");
            }
            Seen next = continued.remove(move);
            if (next == null) {
                problems.add("an alert that moved does not go on");
            } else if (!replaces(next.patient(), alert.patient())) {
                problems.add("an alert continues for a patient who does not replace its own");
            } else if (!next.isAtLeast(alert)) {
                problems.add("an alert that moved goes on less severe");
            }
        });
        continued.values().forEach(each -> problems.add("an alert continues that did not move"));
        last.values().forEach(alert -> {
            if (!alert.form().isEnded() && duplicates.finallyReplacedBy(alert.patient()) != null) {
                problems.add(alert.form().id() + " is open under a duplicate");
            }
        });
    }

    /** What replaces itself by way of others may come home. */
    private boolean replaces(String other, String patient) {
        return (!other.equals(patient) || duplicates.isInCycle(patient))
                && duplicates.of(patient).contains(other);
    }

    private static String text(byte @Nullable [] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }
}
