package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.account.ProblemList;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.source.Fingerprint;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicSource;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Each transition of an alert is generated once, with one content, under one key, on its partition; versions count from
 * 1 without gaps; and the current alert equals the last one generated, byte for byte, headers included. A tombstone may follow only after
 * it has ended, and then it goes on only as reopened, or stays ended and is revised or retracted.
 *
 * <p>The first version judged may be a later one if the version before it came from an input that is not judged, or if
 * its partition is not read from offset 0, because the run starts later or older alerts have expired.
 */
public final class EveryAlertOnce implements Promise {

    private final ProblemList problems = new ProblemList();
    private final Map<String, Last> generated = new HashMap<>();
    private final Map<String, Last> current = new HashMap<>();
    private final Set<String> forgotten = new HashSet<>();
    private final Set<String> everGenerated = new HashSet<>();
    private final VerifiedTopics topics;

    private EveryAlertOnce(VerifiedTopics topics) {
        this.topics = topics;
    }

    public static EveryAlertOnce check(TopicSource source, VerifiedTopics topics, Mark from) {
        EveryAlertOnce check = new EveryAlertOnce(topics);
        source.all().read(topics.alertsGenerated(), from, check::present);
        // After reading: if a version expired before it was read, its partition no longer starts at 0.
        Mark starts = source.all().starts(topics.alertsGenerated());
        source.read(topics.alertsGenerated(), from, record -> {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            check.generated(record, from.of(partition) == 0 && starts.of(partition) == 0);
        });
        source.read(topics.alertsCurrent(), from, check::current);
        check.compare();
        return check;
    }

    @Override
    public List<String> broken() {
        return problems.lines();
    }

    /** The last form of an alert, seen in one topic. */
    private record Last(
            int version, String transition, Fingerprint key, Fingerprint value, Fingerprint headers, boolean ended) {

        private static final Set<String> PAST = Set.of("revised", "retracted");
        private static final Set<String> BACK = Set.of("reopened", "recurred", "continued");

        boolean canFollow(Last before) {
            return !before.ended || (ended ? PAST : BACK).contains(transition);
        }

        static Last of(AlertForm form, ConsumerRecord<byte[], byte[]> record) {
            return new Last(
                    form.version(),
                    form.transition(),
                    Fingerprint.of(record.key()),
                    Fingerprint.of(record.value()),
                    Fingerprint.of(record.headers()),
                    form.isEnded());
        }
    }

    private void present(ConsumerRecord<byte[], byte[]> record) {
        AlertForm form = record.value() == null ? null : AlertForm.read(record.value());
        if (form != null) {
            everGenerated.add(form.id() + '/' + form.version());
        }
    }

    private void generated(ConsumerRecord<byte[], byte[]> record, boolean fromTheFirst) {
        AlertForm form = form(record);
        if (form == null) {
            return;
        }
        Last now = Last.of(form, record);
        Last before = generated.put(form.id(), now);
        if (record.key() == null || topics.alertsGenerated().partitionOf(record.key()) != record.partition()) {
            broken(form, "is not on its patient's partition");
        }
        if (before == null) {
            if (fromTheFirst && now.version() != 1 && !everGenerated.contains(form.id() + '/' + (now.version() - 1))) {
                broken(form, "begins with version " + now.version());
            }
            return;
        }
        if (!before.key().equals(now.key())) {
            broken(form, "changes its key");
        }
        if (before.version() == now.version()) {
            broken(form, before.value().equals(now.value()) ? "was generated twice" : "has two contents");
        } else if (now.version() != before.version() + 1) {
            broken(form, "follows version " + before.version());
        } else if (!now.canFollow(before)) {
            broken(form, "goes on after its end");
        }
    }

    private void current(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            forgotten(record.key());
            return;
        }
        AlertForm form = form(record);
        if (form == null) {
            return;
        }
        byte[] id = form.id().getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(id, record.key())) {
            broken(form, "is current under another key than its id");
        } else if (topics.alertsCurrent().partitionOf(id) != record.partition()) {
            broken(form, "is current on the wrong partition");
        }
        current.put(form.id(), Last.of(form, record));
    }

    /** An alert whose last form is before the mark is unknown and not checked. */
    private void forgotten(byte @Nullable [] key) {
        String id = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        forgotten.add(id);
        Last last = current.get(id);
        if (last != null && !last.ended()) {
            problems.add(id + " was deleted while open");
        }
    }

    private @Nullable AlertForm form(ConsumerRecord<byte[], byte[]> record) {
        AlertForm form = record.value() == null ? null : AlertForm.read(record.value());
        if (form == null) {
            problems.add(record.topic() + '/' + record.partition() + '/' + record.offset() + " is not an alert");
        }
        return form;
    }

    private void compare() {
        generated.forEach((id, last) -> {
            Last kept = current.get(id);
            if (kept == null && last.ended() && forgotten.contains(id)) {
                return; // compacted away after its tombstone
            }
            if (kept == null) {
                problems.add(id + " was generated but is not current");
            } else if (!kept.value().equals(last.value())) {
                problems.add(id + " is current as version " + kept.version() + ", last generated as " + last.version());
            } else if (!kept.headers().equals(last.headers())) {
                problems.add(id + " is current with other headers than it was generated with");
            }
        });
        current.keySet().stream()
                .filter(id -> !generated.containsKey(id))
                .forEach(id -> problems.add(id + " is current but was never generated"));
    }

    private void broken(AlertForm form, String how) {
        problems.add(form.id() + " version " + form.version() + ' ' + how);
    }
}
