package io.clinicalstreams.verifier.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.topics.wire.ClinicalHeaders;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.classify.Content;
import io.clinicalstreams.verifier.classify.Expected;
import io.clinicalstreams.verifier.classify.Rekeying;
import io.clinicalstreams.verifier.source.Fingerprint;
import io.clinicalstreams.verifier.source.RecordedType;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Books every expected resource and every output against each other, by coordinates. */
public final class Ledger {

    /** Rejections of a resource that was ready to be written: with the references of its Bundle already resolved. */
    private static final Set<String> REJECTED_LATE = Set.of(Reason.TOO_LARGE.name(), Reason.MISKEYED.name());

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Coordinates, ResourceAccount> accounts = new LinkedHashMap<>();
    private final ProblemList lost = new ProblemList();
    private final ProblemList duplicates = new ProblemList();
    private final ProblemList problems = new ProblemList();
    private final Map<Coordinates, Optional<Coordinates>> unexplained = new LinkedHashMap<>();
    private final Set<Coordinates> later = new HashSet<>();
    private final VerifiedTopics topics;
    private long rekeyed;

    public Ledger(VerifiedTopics topics) {
        this.topics = topics;
    }

    public void expect(Collection<Expected> resources) {
        resources.forEach(resource -> accounts.put(resource.origin(), new ResourceAccount(resource)));
    }

    /** An input that came while the outputs were read: neither it nor what became of it is in the books. */
    public void cameLater(ConsumerRecord<byte[], byte[]> input) {
        later.add(Coordinates.of(input));
    }

    public void rekeyed(ConsumerRecord<byte[], byte[]> record) {
        ResourceAccount account = find(record);
        if (account == null) {
            return;
        }
        account.rekeyed();
        rekeyed++;
        Expected expected = account.expected();
        if (expected.rekeying() == Rekeying.NO) {
            problems.add(expected.origin(), "was re-keyed without need");
        } else if (!expected.asRecorded().matches(record.value())) {
            problems.add(expected.origin(), "was altered by re-keying");
        } else if (!expected.isKeyedRightly(record.key())
                || !expected.isPlacedRightly(topics.rekeyed(), record.partition())) {
            problems.add(expected.origin(), "was re-keyed to the wrong key or partition");
        }
    }

    public void recorded(RecordedType destination, ConsumerRecord<byte[], byte[]> record) {
        ResourceAccount account = find(record);
        if (account == null) {
            return;
        }
        Expected expected = account.expected();
        if (account.recorded(destination, expected.asRecorded().matches(record.value()))) {
            checkPlace(destination, record, expected);
        }
    }

    private void checkPlace(RecordedType destination, ConsumerRecord<byte[], byte[]> record, Expected expected) {
        VerifiedTopic topic = topics.recorded(destination);
        if (expected.mustBeRejected()) {
            problems.add(expected.origin(), "was accepted although it had to be rejected: " + expected.reasons());
        } else if (expected.ignoredAs() != null) {
            problems.add(expected.origin(), "was recorded although it had to be ignored: " + expected.ignoredAs());
        } else if (destination != expected.destination()) {
            problems.add(expected.origin(), "was recorded in " + topic.name());
        } else if (!expected.isKeyedRightly(record.key())) {
            problems.add(expected.origin(), "was recorded under a wrong key");
        } else if (!expected.isPlacedRightly(topic, record.partition())) {
            problems.add(expected.origin(), "was recorded on a wrong partition");
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
        }
    }

    private void checkRejection(ConsumerRecord<byte[], byte[]> record, String reason, Expected expected) {
        boolean keyOmitted = record.key() == null && new ClinicalHeaders(record.headers()).isKeyOmitted();
        boolean ownKey = keyOmitted || expected.receivedKey().equals(Fingerprint.of(record.key()));
        if (!expected.mayBeRejectedFor(reason)) {
            String instead =
                    expected.mustBeRejected() ? " instead of " + expected.reasons() : " although it had to be taken";
            problems.add(expected.origin(), "was rejected for " + known(reason) + instead);
        } else if (!ownKey && (expected.rekeying() == Rekeying.NO || !expected.isKeyedRightly(record.key()))) {
            problems.add(expected.origin(), "was rejected under another key than it came with");
        } else if (isOmitted(record)
                && expected.asReceived().length() < topics.rejected().maxBytes() / 2) {
            problems.add(expected.origin(), "was rejected without its value although it is small");
        }
    }

    /** A header can hold anything; only reason codes are repeated. */
    private static String known(String reason) {
        for (Reason each : Reason.values()) {
            if (each.name().equals(reason)) {
                return reason;
            }
        }
        return "an unknown reason";
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

    /** Outputs of no input that was read. Other senders go on writing meanwhile; their outputs have later inputs. */
    private long strays() {
        long strays = 0;
        for (Map.Entry<Coordinates, Optional<Coordinates>> output : unexplained.entrySet()) {
            boolean isOfLaterInput = output.getValue()
                    .map(origin -> Coordinates.ofRecord(origin.topic(), origin.partition(), origin.offset()))
                    .filter(later::contains)
                    .isPresent();
            if (!isOfLaterInput) {
                strays++;
                duplicates.add(output.getKey(), "came from nothing in the range");
            }
        }
        return strays;
    }

    /**
     * Closes the books.
     *
     * @param missing records that were acknowledged and are not in the input topic
     */
    public Verdict verdict(long missing) {
        Count count = new Count(lost, duplicates, problems);
        accounts.values().forEach(count::add);
        for (long i = 0; i < missing; i++) {
            count.lost();
        }
        if (missing > 0) {
            lost.add(missing + " acknowledged records are not in "
                    + topics.received().name());
        }
        return count.verdict(rekeyed, strays());
    }
}
