package io.clinicalstreams.verifier.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.topics.wire.Merge;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.topics.wire.Tick;
import io.clinicalstreams.verifier.classify.Content;
import io.clinicalstreams.verifier.classify.Expected;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.InputListener;
import io.clinicalstreams.verifier.source.Fingerprint;
import io.clinicalstreams.verifier.source.OutputHeaders;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Matches every expected resource with its outputs, by coordinates. */
public final class Ledger implements InputListener {

    /** Reasons for rejecting a resource at the time of writing, with its Bundle's references already resolved. */
    private static final Set<String> REJECTED_LATE = Set.of(Reason.TOO_LARGE.name(), Reason.MISKEYED.name());

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Coordinates, ResourceAccount> accounts = new LinkedHashMap<>();
    private final ProblemList lost = new ProblemList();
    private final ProblemList duplicates = new ProblemList();
    private final ProblemList problems = new ProblemList();
    private final Map<Coordinates, Optional<Coordinates>> unexplained = new LinkedHashMap<>();
    private final Set<Coordinates> later = new HashSet<>();
    private final VerifiedTopics topics;
    private long received;
    private long rekeyed;

    public Ledger(VerifiedTopics topics) {
        this.topics = topics;
    }

    @Override
    public void input(ConsumerRecord<byte[], byte[]> record, List<Expected> expected, List<Fact> facts) {
        if (Tick.is(record.key(), record.value())) {
            return; // no sender's; an output of it is one of no input
        }
        received += record.topic().equals(topics.received().fullName()) ? 1 : 0;
        expected.forEach(resource -> accounts.put(resource.origin(), new ResourceAccount(resource)));
    }

    /** An input that arrived while the outputs were read: neither it nor its outputs count. */
    public void cameLater(ConsumerRecord<byte[], byte[]> input) {
        later.add(Coordinates.of(input));
    }

    @Override
    public void rekeyed(ConsumerRecord<byte[], byte[]> record, Coordinates origin) {
        ResourceAccount account = find(record);
        if (account == null) {
            return;
        }
        account.rekeyed();
        rekeyed++;
        Expected expected = account.expected();
        checkHeaders(record, expected, expected.headers().with(HeaderNames.RECEIVED_AT, "" + expected.timestamp()));
        if (expected.rekeying() == Expected.Rekeying.NO) {
            problems.add(expected.origin(), "was re-keyed unnecessarily");
        } else if (!expected.asRekeyed().matches(record.value())) {
            problems.add(expected.origin(), "was changed by re-keying");
        } else if (!expected.isKeyedRightly(record.key())
                || !expected.isPlacedRightly(topics.rekeyed(), record.partition())) {
            problems.add(expected.origin(), "was re-keyed to the wrong key or partition");
        }
    }

    @Override
    public void forwarded(ConsumerRecord<byte[], byte[]> record, Merge what, Coordinates origin) {
        ResourceAccount account = find(record);
        if (account == null) {
            return;
        }
        Expected expected = account.expected();
        String hops = new ClinicalHeaders(record.headers()).text(HeaderNames.MERGE_HOPS);
        OutputHeaders headers = expected.headers()
                .with(HeaderNames.RECEIVED_AT, "" + expected.timestamp())
                .with(HeaderNames.MERGE, what.label())
                .with(HeaderNames.MERGE_HOPS, hops != null && hops.matches("[1-9]") ? hops : "");
        checkHeaders(record, expected, headers);
        if (record.key() == null || topics.rekeyed().partitionOf(record.key()) != record.partition()) {
            problems.add(expected.origin(), "was forwarded to the wrong partition");
        }
    }

    public void recorded(VerifiedTopic topic, ConsumerRecord<byte[], byte[]> record) {
        ResourceAccount account = find(record);
        if (account == null) {
            return;
        }
        Expected expected = account.expected();
        if (account.recorded(topic.name(), expected.asRecorded().matches(record.value()))) {
            checkPlace(topic, record, expected);
            checkHeaders(record, expected, expected.headers());
        }
    }

    private void checkPlace(VerifiedTopic topic, ConsumerRecord<byte[], byte[]> record, Expected expected) {
        if (expected.mustBeRejected()) {
            problems.add(expected.origin(), "was accepted although it had to be rejected: " + expected.reasons());
        } else if (expected.ignoredAs() != null) {
            problems.add(expected.origin(), "was recorded although it had to be ignored: " + expected.ignoredAs());
        } else if (expected.destination() == null
                || !topic.name().equals(expected.destination().topic())) {
            problems.add(expected.origin(), "was recorded in " + topic.name());
        } else if (!expected.isKeyedRightly(record.key())) {
            problems.add(expected.origin(), "was recorded under the wrong key");
        } else if (!expected.isPlacedRightly(topic, record.partition())) {
            problems.add(expected.origin(), "was recorded on the wrong partition");
        }
    }

    public void rejected(ConsumerRecord<byte[], byte[]> record) {
        ResourceAccount account = find(record);
        if (account == null) {
            return;
        }
        Expected expected = account.expected();
        String header = new ClinicalHeaders(record.headers()).text(HeaderNames.REASON);
        String reason = header == null ? "none" : header;
        if (account.rejected(reason, isValueKept(record, reason, expected))) {
            checkRejection(record, reason, expected);
            checkHeaders(record, expected, rejectionHeaders(record, reason, expected));
        }
    }

    private static OutputHeaders rejectionHeaders(
            ConsumerRecord<byte[], byte[]> record, String reason, Expected expected) {
        OutputHeaders headers = expected.headers().with(HeaderNames.REASON, reason);
        if (isOmitted(record)) {
            headers = headers.with(HeaderNames.VALUE_OMITTED, "true");
        }
        return new ClinicalHeaders(record.headers()).isKeyOmitted()
                ? headers.with(HeaderNames.KEY_OMITTED, "true")
                : headers;
    }

    private void checkHeaders(ConsumerRecord<byte[], byte[]> record, Expected expected, OutputHeaders headers) {
        if (!headers.matches(record.headers())) {
            problems.add(expected.origin(), "has an output with wrong headers");
        }
    }

    private void checkRejection(ConsumerRecord<byte[], byte[]> record, String reason, Expected expected) {
        boolean keyOmitted = record.key() == null && new ClinicalHeaders(record.headers()).isKeyOmitted();
        boolean ownKey = keyOmitted || expected.receivedKey().equals(Fingerprint.of(record.key()));
        if (!expected.mayBeRejectedFor(reason)) {
            String instead = expected.mustBeRejected() ? " instead of " + expected.reasons() : " although it is valid";
            problems.add(expected.origin(), "was rejected for " + known(reason) + instead);
        } else if (!ownKey && (expected.rekeying() == Expected.Rekeying.NO || !expected.isKeyedRightly(record.key()))) {
            problems.add(expected.origin(), "was rejected under a key other than its original one");
        } else if (isOmitted(record)
                && expected.asReceived().length() < topics.rejected().maxBytes() / 2) {
            problems.add(expected.origin(), "was rejected without its value although it is small");
        }
    }

    /** A header can hold anything; only reason codes are shown. */
    private static String known(String reason) {
        boolean known = Stream.of(Reason.values()).map(Reason::name).anyMatch(reason::equals);
        return known ? reason : "an unknown reason";
    }

    private boolean isValueKept(ConsumerRecord<byte[], byte[]> record, String reason, Expected expected) {
        boolean omitted = isOmitted(record);
        return isKept(record, omitted, expected.asReceived())
                || (REJECTED_LATE.contains(reason) && isKept(record, omitted, expected.asRecorded()));
    }

    private static boolean isOmitted(ConsumerRecord<byte[], byte[]> record) {
        return new ClinicalHeaders(record.headers()).isValueOmitted();
    }

    private boolean isKept(ConsumerRecord<byte[], byte[]> record, boolean omitted, Content content) {
        if (!omitted) {
            return content.matches(record.value());
        }
        try {
            JsonNode description = json.readTree(record.value());
            return content.isDescribedBy(
                    description.path("length").asInt(-1),
                    description.path("sha256").textValue());
        } catch (IOException | IllegalArgumentException notADescription) {
            return false;
        }
    }

    private @Nullable ResourceAccount find(ConsumerRecord<byte[], byte[]> record) {
        Coordinates origin = new ClinicalHeaders(record.headers()).origin();
        ResourceAccount account = origin == null ? null : accounts.get(origin);
        if (account == null) {
            unexplained.put(Coordinates.of(record), Optional.ofNullable(origin));
        }
        return account;
    }

    /**
     * Outputs without an input in the range. Other senders keep writing; outputs of their later inputs are not strays.
     */
    private long strays() {
        long strays = 0;
        for (Map.Entry<Coordinates, Optional<Coordinates>> output : unexplained.entrySet()) {
            Optional<Coordinates> input = output.getValue()
                    .map(origin -> Coordinates.ofRecord(origin.topic(), origin.partition(), origin.offset()));
            if (input.filter(later::contains).isEmpty()) {
                strays++;
                duplicates.add(output.getKey(), "has no input in the range");
            }
        }
        return strays;
    }

    /**
     * The final count: each resource counts once, as recorded, rejected, ignored or lost.
     *
     * @param acknowledged number of records confirmed to the sender; negative when unknown
     */
    public Verdict verdict(long acknowledged) {
        long missing = Math.max(0, acknowledged - received);
        Map<String, Long> recorded = new HashMap<>();
        topics.recorded().forEach(topic -> recorded.put(topic.name(), 0L));
        Map<String, Long> rejected = new HashMap<>();
        Map<String, Long> ignored = new HashMap<>();
        long gone = missing;
        long altered = 0;
        long extra = 0;
        for (ResourceAccount account : accounts.values()) {
            Expected expected = account.expected();
            if (account.recordedIn() != null) {
                recorded.merge(account.recordedIn(), 1L, Long::sum);
            } else if (account.rejectedFor() != null) {
                rejected.merge(account.rejectedFor(), 1L, Long::sum);
            } else if (expected.ignoredAs() != null) {
                ignored.merge(expected.ignoredAs(), 1L, Long::sum);
            } else {
                gone++;
                altered += account.isAltered() ? 1 : 0;
                lost.add(expected.origin(), account.isAltered() ? "was altered" : "was lost");
            }
            if (account.extra() > 0) {
                extra += account.extra();
                duplicates.add(expected.origin(), "has " + account.extra() + " extra outcomes or re-keyed records");
            }
            if (account.lacksRekeying()) {
                problems.add(expected.origin(), "was not re-keyed");
            }
        }
        if (missing > 0) {
            lost.add(missing + " acknowledged records are not in "
                    + topics.received().name());
        }
        long strays = strays();
        return new Verdict(
                accounts.size() + missing,
                recorded,
                rejected,
                ignored,
                rekeyed,
                gone,
                altered,
                extra + strays,
                problems.count(),
                lost.lines(),
                duplicates.lines(),
                problems.lines());
    }
}
