package io.clinicalstreams.pipeline.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.Test;

class InputLedgerTest {

    private static final TopicPartition SOURCE = new TopicPartition("received", 3);
    private static final TopicPartition OTHER = new TopicPartition("rekeyed", 3);

    private final InputLedger ledger = new InputLedger("recording", "accounted");

    @Test
    void aTransactionHasItsRangeAndWhatBecameOfIt() {
        start(SOURCE, 100);
        process(SOURCE, 101, Accounting.RECORDED, "observation.recorded");
        process(SOURCE, 104, Accounting.IGNORED, "Patient");

        assertThat(commit(SOURCE, 106)).containsExactly("""
                {"lane":"recording","topic":"received","partition":3,"begin":100,"from":100,"next":106,\
                "records":2,"resources":2,\
                "outcomes":{"recorded":{"observation.recorded":1},"ignored":{"Patient":1}},"findings":{}}""");
    }

    @Test
    void theNextTransactionJoinsAndContinuesTheCounts() {
        start(SOURCE, 100);
        process(SOURCE, 101, Accounting.EVALUATED, "Observation");
        commit(SOURCE, 102);
        process(SOURCE, 102, Accounting.EVALUATED, "Observation");
        ledger.count(Accounting.NOT_EVALUATED, "stale");

        assertThat(commit(SOURCE, 103)).containsExactly("""
                {"lane":"recording","topic":"received","partition":3,"begin":100,"from":102,"next":103,\
                "records":2,"resources":2,\
                "outcomes":{"evaluated":{"Observation":2}},"findings":{"not-evaluated":{"stale":1}}}""");
    }

    @Test
    void markersOfTransactionsInTheSourceLeaveNoGap() {
        start(SOURCE, 100);

        assertThat(commit(SOURCE, 102)).singleElement().asString().contains("\"from\":100,\"next\":102,\"records\":0");
    }

    @Test
    void anIdlePartitionWritesNothing() {
        start(SOURCE, 100);
        start(OTHER, 7);
        process(SOURCE, 101, Accounting.RECORDED, "a");

        List<String> written = commit(Map.of(SOURCE, new OffsetAndMetadata(102), OTHER, new OffsetAndMetadata(7)));

        assertThat(written).singleElement().asString().contains("\"topic\":\"received\"");
        assertThat(commit(SOURCE, 102)).isEmpty();
    }

    @Test
    void aTaskThatStartsAgainForgetsWhatWasNotCommitted() {
        start(SOURCE, 100);
        process(SOURCE, 101, Accounting.RECORDED, "a");
        start(SOURCE, 100);
        process(SOURCE, 101, Accounting.RECORDED, "a");

        assertThat(commit(SOURCE, 102)).singleElement().asString().contains("\"records\":1,\"resources\":1");
    }

    @Test
    void anAbortedTransactionLeavesNothing() {
        start(SOURCE, 100);
        process(SOURCE, 101, Accounting.RECORDED, "a");
        commit(SOURCE, 102);
        process(SOURCE, 102, Accounting.RECORDED, "a");
        ledger.rollBack();
        process(SOURCE, 102, Accounting.RECORDED, "a");

        assertThat(commit(SOURCE, 103))
                .singleElement()
                .asString()
                .contains("\"from\":102,\"next\":103,\"records\":2,\"resources\":2");
    }

    @Test
    void whatIsCountedWithoutARecordBelongsToItsTaskThoughThatCommitsNoOffset() {
        TopicPartition elsewhere = new TopicPartition("received", 4);
        start(SOURCE, 100);
        start(elsewhere, 50);
        process(elsewhere, 50, Accounting.EVALUATED, "Observation");
        ledger.withoutRecord(3);
        ledger.count(Accounting.ALERTS, "ended");

        assertThat(commit(elsewhere, 51)).hasSize(2).anySatisfy(written -> assertThat(written)
                .contains("\"partition\":3,\"begin\":100,\"from\":100,\"next\":100,\"records\":0")
                .endsWith("\"outcomes\":{},\"findings\":{\"alerts\":{\"ended\":1}}}"));
    }

    @Test
    void tasksThatEndAlertsBeforeTheyReadAnythingHaveAccountsOfTheirOwn() {
        start(SOURCE, 100);
        String first = keyOfEnded(100);
        String again = keyOfEnded(100);
        start(SOURCE, 100);
        String restarted = keyOfEnded(100);

        assertThat(first).startsWith("recording/received/3/100/");
        assertThat(again).as("the same task").isEqualTo(first);
        assertThat(restarted).startsWith("recording/received/3/100/").isNotEqualTo(first);
        process(SOURCE, 101, Accounting.EVALUATED, "Observation");
        assertThat(commit(SOURCE, 102))
                .singleElement()
                .asString()
                .contains("\"begin\":100,\"from\":100,\"next\":102,\"records\":1")
                .endsWith("\"findings\":{}}");
    }

    @Test
    void endingsAreCountedWithTheSourceThatIsReadNotWithAnIdleOne() {
        start(OTHER, 0);
        start(SOURCE, 100);
        process(SOURCE, 101, Accounting.EVALUATED, "Observation");
        process(OTHER, 0, Accounting.EVALUATED, "Observation");

        assertThat(keyOfEnded(102)).startsWith("recording/received/3/100/");
    }

    @Test
    void endingsOfAnAbortedTransactionLeaveNothing() {
        start(SOURCE, 100);
        ledger.withoutRecord(3);
        ledger.count(Accounting.ALERTS, "ended");
        ledger.rollBack();

        assertThat(commit(SOURCE, 100)).isEmpty();
    }

    /** Ends an alert without a record, and commits the source at the offset. */
    private String keyOfEnded(long next) {
        ledger.withoutRecord(3);
        ledger.count(Accounting.ALERTS, "ended");
        return ledger.close(Map.of(SOURCE, new OffsetAndMetadata(next))).stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).contains("\"ended\":"))
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void threadsKeepTheirOwnAccounts() throws Exception {
        start(SOURCE, 100);
        process(SOURCE, 101, Accounting.RECORDED, "a");
        FutureTask<List<String>> successor = new FutureTask<>(() -> {
            start(SOURCE, 100);
            process(SOURCE, 101, Accounting.RECORDED, "a");
            return commit(SOURCE, 102);
        });
        Thread thread = new Thread(successor);
        thread.start();
        thread.join();

        assertThat(successor.get()).singleElement().asString().contains("\"records\":1");
    }

    @Test
    void allRecordsOfAnAccountHaveItsKey() {
        start(SOURCE, 100);
        process(SOURCE, 101, Accounting.RECORDED, "a");
        ProducerRecord<byte[], byte[]> first =
                ledger.close(Map.of(SOURCE, new OffsetAndMetadata(102))).get(0);
        process(SOURCE, 102, Accounting.RECORDED, "a");
        ProducerRecord<byte[], byte[]> second =
                ledger.close(Map.of(SOURCE, new OffsetAndMetadata(103))).get(0);

        assertThat(first.topic()).isEqualTo("accounted");
        assertThat(new String(first.key(), StandardCharsets.UTF_8)).isEqualTo("recording/received/3/100");
        assertThat(second.key()).isEqualTo(first.key());
    }

    private void start(TopicPartition source, long committed) {
        ledger.begin(Map.of(source, new OffsetAndMetadata(committed)));
    }

    private void process(TopicPartition source, long offset, Accounting outcome, String reason) {
        ledger.record(new RecordMetadata() {
            @Override
            public String topic() {
                return source.topic();
            }

            @Override
            public int partition() {
                return source.partition();
            }

            @Override
            public long offset() {
                return offset;
            }
        });
        ledger.resource();
        ledger.count(outcome, reason);
    }

    private List<String> commit(TopicPartition source, long next) {
        return commit(Map.of(source, new OffsetAndMetadata(next)));
    }

    private List<String> commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return ledger.close(offsets).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
