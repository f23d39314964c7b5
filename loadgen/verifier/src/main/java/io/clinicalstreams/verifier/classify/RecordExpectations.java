package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.classify.Expected.Rekeying;
import io.clinicalstreams.verifier.json.JsonValue;
import io.clinicalstreams.verifier.source.Fingerprint;
import io.clinicalstreams.verifier.source.OutputHeaders;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The expected outcome of each resource of one record, from its classification, key, partition and size. */
final class RecordExpectations {

    /** Generous bound on a record's key, headers and framing, in bytes. */
    private static final int BESIDE_VALUE = 16_384;

    /**
     * A resource, its classification and its expected outcome.
     *
     * @param reported the time of its report, if it may need that; null for others
     */
    record Classified(
            Expected expected,
            Classification classification,
            JsonValue.@Nullable Members resource,
            @Nullable BundleReferences bundle,
            @Nullable When reported) {

        /** Hides the content: this text may be logged. */
        @Override
        public String toString() {
            return "Classified[" + expected.origin() + ']';
        }
    }

    private final VerifiedTopics topics;
    private final ConsumerRecord<byte[], byte[]> record;
    private final Coordinates origin;
    private final boolean inRekeyed;
    private final Fingerprint receivedKey;
    private final @Nullable String sentAt;

    RecordExpectations(VerifiedTopics topics, ConsumerRecord<byte[], byte[]> record) {
        this.topics = topics;
        this.record = record;
        origin = Coordinates.ofRecord(record.topic(), record.partition(), record.offset());
        inRekeyed = record.topic().equals(topics.rekeyed().fullName());
        receivedKey = Fingerprint.of(record.key());
        sentAt = OutputHeaders.sentAt(record.headers());
    }

    /** The record is one resource, or is treated as a whole. */
    Classified whole(Classification classification, JsonValue.@Nullable Members resource) {
        Content content = Content.of(record.value());
        return new Classified(
                expect(origin, classification, content, content, content), classification, resource, null, null);
    }

    /** An entry whose resource is an object. */
    Classified entry(
            int index,
            JsonValue.Members resource,
            BundleReferences bundle,
            Classification classification,
            @Nullable When reported) {
        Content asReceived = Content.slice(record.value(), resource);
        byte[] recorded =
                bundle.recorded(record.value(), resource, classification.subject(), classification.replacedBy());
        Content asRekeyed = Content.of(bundle.rekeyed(record.value(), resource, recorded, reported));
        Expected expected = expect(origin.entry(index), classification, asReceived, Content.of(recorded), asRekeyed);
        return new Classified(expected, classification, resource, bundle, reported);
    }

    /** An entry without exactly one resource: it counts as a whole. */
    Classified odd(int index, JsonValue entry, Classification classification) {
        Content asReceived = Content.slice(record.value(), entry);
        return new Classified(
                expect(origin.entry(index), classification, asReceived, asReceived, asReceived),
                classification,
                null,
                null,
                null);
    }

    private Expected expect(
            Coordinates at, Classification classification, Content asReceived, Content asRecorded, Content asRekeyed) {
        Defects defects = classification.defects();
        byte[] key = outputKey(classification);
        Rekeying rekeying = rekeying(classification, key);
        if (!defects.demandRejection()) {
            checkSize(classification, rekeying, asRecorded.length(), asRekeyed.length(), defects);
            if (inRekeyed && rekeying == Rekeying.YES) {
                defects.must(Reason.MISKEYED);
            }
        }
        boolean rejected = defects.demandRejection();
        boolean keyed = !rejected && key != null && rekeying != Rekeying.OPEN;
        return new Expected(
                at,
                rejected ? null : classification.destination(),
                rejected ? null : classification.ignoredAs(),
                defects.reasons().isEmpty() ? Set.of() : defects.reasons(),
                keyed ? Fingerprint.of(key) : null,
                keyed ? Utils.murmur2(key) : 0,
                rejected ? Rekeying.NO : rekeying,
                receivedKey,
                sentAt,
                record.timestamp(),
                asReceived,
                asRecorded,
                asRekeyed);
    }

    private static byte @Nullable [] outputKey(Classification classification) {
        if (classification.subject() != null) {
            return classification.subject().key().getBytes(StandardCharsets.UTF_8);
        }
        String code = classification.catalogueCode();
        return code == null ? null : ("formulary/" + code).getBytes(StandardCharsets.UTF_8);
    }

    private Rekeying rekeying(Classification classification, byte @Nullable [] key) {
        if (classification.subject() == null || key == null) {
            return Rekeying.NO;
        }
        if (!classification.subject().certain()) {
            return Rekeying.OPEN;
        }
        boolean rightly = Arrays.equals(key, record.key()) && topics.received().partitionOf(key) == record.partition();
        return rightly ? Rekeying.NO : Rekeying.YES;
    }

    /** The lane compares uncompressed sizes; close to the limit, key and headers decide. */
    private void checkSize(Classification classification, Rekeying rekeying, int length, int rekeyed, Defects defects) {
        if (rekeying != Rekeying.NO) {
            checkSize(topics.rekeyed(), rekeyed, defects);
        }
        if (classification.destination() != null) {
            checkSize(topics.recorded(classification.destination().topic()), length, defects);
        }
    }

    private static void checkSize(VerifiedTopic topic, int length, Defects defects) {
        if (length > topic.maxBytes()) {
            defects.must(Reason.TOO_LARGE);
        } else if (length > topic.maxBytes() - BESIDE_VALUE) {
            defects.may(Reason.TOO_LARGE);
        }
    }
}
