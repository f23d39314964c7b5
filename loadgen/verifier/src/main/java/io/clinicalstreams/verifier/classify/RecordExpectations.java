package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.json.JsonValue;
import io.clinicalstreams.verifier.json.Reason;
import io.clinicalstreams.verifier.source.Fingerprint;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Turns judgements on the resources of one record into expectations: looks at the key, the partition and the size. */
final class RecordExpectations {

    /** Key, headers and frame of a record beside its value, in bytes, generously. */
    private static final int BESIDE_VALUE = 16_384;

    private final VerifiedTopics topics;
    private final ConsumerRecord<byte[], byte[]> record;
    private final Coordinates origin;
    private final boolean inRekeyed;
    private final Fingerprint receivedKey;

    RecordExpectations(VerifiedTopics topics, ConsumerRecord<byte[], byte[]> record) {
        this.topics = topics;
        this.record = record;
        origin = Coordinates.ofRecord(record.topic(), record.partition(), record.offset());
        inRekeyed = record.topic().equals(topics.rekeyed().fullName());
        receivedKey = Fingerprint.of(record.key());
    }

    /** The record is one resource. */
    Expected whole(Classification judgement) {
        Content content = Content.of(record.value());
        return settle(origin, judgement, content, content);
    }

    /** An entry whose resource is an object. */
    Expected entry(int index, JsonValue.Members resource, BundleReferences bundle, Classification judgement) {
        Content asReceived = Content.slice(record.value(), resource);
        byte[] sentOn = bundle.sentOn(record.value(), resource);
        Content asRecorded = sentOn == null ? asReceived : Content.of(sentOn);
        return settle(origin.entry(index), judgement, asReceived, asRecorded);
    }

    /** An entry that does not hold just one resource: it stands for itself. */
    Expected odd(int index, JsonValue entry, Classification judgement) {
        Content asReceived = Content.slice(record.value(), entry);
        return settle(origin.entry(index), judgement, asReceived, asReceived);
    }

    private Expected settle(Coordinates at, Classification judgement, Content asReceived, Content asRecorded) {
        Defects defects = judgement.defects();
        byte[] key = outputKey(judgement);
        Rekeying rekeying = rekeying(judgement, key);
        if (!defects.demandRejection()) {
            checkSize(judgement, rekeying, asRecorded.length(), defects);
            if (inRekeyed && rekeying == Rekeying.YES) {
                defects.must(Reason.MISKEYED);
            }
        }
        Set<Reason> reasons = defects.reasons();
        if (defects.demandRejection()) {
            return new Expected(at, null, null, reasons, null, 0, Rekeying.NO, receivedKey, asReceived, asRecorded);
        }
        boolean keyed = key != null && rekeying != Rekeying.OPEN;
        return new Expected(
                at,
                judgement.destination(),
                judgement.ignoredAs(),
                reasons.isEmpty() ? Set.of() : reasons,
                keyed ? Fingerprint.of(key) : null,
                keyed ? Utils.murmur2(key) : 0,
                rekeying,
                receivedKey,
                asReceived,
                asRecorded);
    }

    private static byte @Nullable [] outputKey(Classification judgement) {
        String key = null;
        if (judgement.subject() != null) {
            key = judgement.subject().key();
        } else if (judgement.catalogueCode() != null) {
            key = "formulary/" + judgement.catalogueCode();
        }
        return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    }

    private Rekeying rekeying(Classification judgement, byte @Nullable [] key) {
        if (judgement.subject() == null || key == null) {
            return Rekeying.NO;
        }
        if (!judgement.subject().certain()) {
            return Rekeying.OPEN;
        }
        boolean rightly = Arrays.equals(key, record.key()) && topics.received().partitionOf(key) == record.partition();
        return rightly ? Rekeying.NO : Rekeying.YES;
    }

    /** The lane compares sizes uncompressed; close to the limit, what stands beside the value decides. */
    private void checkSize(Classification judgement, Rekeying rekeying, int length, Defects defects) {
        if (rekeying != Rekeying.NO) {
            checkSize(topics.rekeyed(), length, defects);
        }
        if (judgement.destination() != null) {
            checkSize(topics.recorded(judgement.destination()), length, defects);
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
