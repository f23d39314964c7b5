package io.clinicalstreams.verifier.ledger;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One record of the ledger: what a lane did with a range of a source partition, in one transaction.
 *
 * @param begin the offset where the account begins, which all its records share
 * @param from the first offset of this transaction
 * @param next the offset after its last one, as committed
 * @param counts of the account up to {@code next}
 * @param withoutRecords id of an account of what was counted without a record; null for an account of records
 */
record LedgerEntry(
        String lane,
        TopicPartition source,
        long begin,
        long from,
        long next,
        LedgerCounts counts,
        @Nullable String withoutRecords) {

    /** Lane, topic, partition, first offset, and the id of an account without records. */
    private static final int PARTS_WITH_ID = 5;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** As written. */
    private record Fields(
            String lane,
            String topic,
            int partition,
            long begin,
            long from,
            long next,
            long records,
            long resources,
            Map<String, Map<String, Long>> outcomes,
            Map<String, Map<String, Long>> findings) {}

    /** Null if it is not a record of the ledger. */
    static @Nullable LedgerEntry parse(byte @Nullable [] key, byte @Nullable [] value) {
        if (key == null || value == null) {
            return null;
        }
        try {
            Fields fields = JSON.readValue(value, Fields.class);
            return new LedgerEntry(
                    fields.lane,
                    new TopicPartition(fields.topic, fields.partition),
                    fields.begin,
                    fields.from,
                    fields.next,
                    new LedgerCounts(fields.records, fields.resources, fields.outcomes, fields.findings),
                    id(key));
        } catch (IOException malformed) {
            return null;
        }
    }

    private static @Nullable String id(byte[] key) {
        String[] parts = new String(key, StandardCharsets.UTF_8).split("/", -1);
        return parts.length == PARTS_WITH_ID ? parts[PARTS_WITH_ID - 1] : null;
    }

    String where() {
        return lane + " " + source;
    }
}
