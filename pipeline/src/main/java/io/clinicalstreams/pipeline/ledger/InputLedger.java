package io.clinicalstreams.pipeline.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Accounts for a lane's input: for each transaction and source partition, the range of offsets and the counts of what
 * became of it. {@link #producer} writes it in the transaction itself, with the offsets that the transaction commits, so
 * it is true whatever happens to the lane. Ranges join: an account begins at the offset that the group had committed
 * when Kafka Streams started the task.
 *
 * <p>A stream thread has one producer, one consumer and its own tasks, and processes one record at a time through all
 * steps; so each thread has its own accounts, and counts belong to the thread's current record.
 */
public final class InputLedger {

    /** The accounts of one stream thread. */
    private static final class Accounts {

        private static final TopicPartition NONE = new TopicPartition("", -1);

        private final Map<TopicPartition, InputAccount> byPartition = new HashMap<>();

        /** Of what is counted without a record. */
        private final Map<TopicPartition, InputAccount> withoutRecord = new HashMap<>();

        private TopicPartition partition = NONE;
        private InputAccount current = InputAccount.ofRecords();

        InputAccount of(TopicPartition partition) {
            return byPartition.computeIfAbsent(partition, each -> InputAccount.ofRecords());
        }

        void begin(TopicPartition partition, long offset) {
            of(partition).begin(offset);
            withoutRecord.remove(partition);
            this.partition = NONE;
        }

        void leave(TopicPartition source, long offset) {
            partition = NONE;
            current = withoutRecord.computeIfAbsent(source, each -> InputAccount.withoutRecords(offset));
        }

        void rollBack() {
            byPartition.values().forEach(InputAccount::rollBack);
            withoutRecord.values().forEach(InputAccount::rollBack);
        }

        void enter(String topic, int number) {
            if (partition.partition() != number || !partition.topic().equals(topic)) {
                partition = new TopicPartition(topic, number);
                current = of(partition);
            }
        }
    }

    private final String lane;
    private final String topic;
    private final ThreadLocal<Accounts> ofThread = ThreadLocal.withInitial(Accounts::new);

    /** @param topic full name of the topic to write */
    public InputLedger(String lane, String topic) {
        this.lane = lane;
        this.topic = topic;
    }

    /** A stream thread's producer, which writes this ledger. Tell {@link #begin} the offsets at which tasks start. */
    public Producer<byte[], byte[]> producer(Map<String, Object> settings, AlertLatency latency) {
        return new LedgerProducer(settings, this, latency);
    }

    /** The lane begins to process a record. */
    public void record(RecordMetadata record) {
        Accounts accounts = ofThread.get();
        accounts.enter(record.topic(), record.partition());
        accounts.current.record(record.offset());
    }

    /**
     * The lane counts something without a record, in the task with this partition. It goes to an account of its own: a
     * task may end alerts before it reads anything, and so may the task that starts after it, at the same offset.
     */
    public void withoutRecord(int partition) {
        Accounts accounts = ofThread.get();
        accounts.byPartition.entrySet().stream()
                .filter(source -> source.getKey().partition() == partition)
                .max(Comparator.comparingLong(source -> source.getValue().from()))
                .ifPresent(source ->
                        accounts.leave(source.getKey(), source.getValue().from()));
    }

    /** The current record contains a resource. */
    public void resource() {
        ofThread.get().current.resource();
    }

    /** @param reason a word of ours: without quotes, never from the input */
    public void count(Accounting what, String reason) {
        ofThread.get().current.count(what, reason);
    }

    /** What this thread counted since its last transaction; without transactions, everything. */
    public Map<Accounting, Map<String, Long>> counts() {
        Map<Accounting, Map<String, Long>> sum = new EnumMap<>(Accounting.class);
        Accounts accounts = ofThread.get();
        accounts.byPartition.values().forEach(account -> account.addTo(sum));
        accounts.withoutRecord.values().forEach(account -> account.addTo(sum));
        return sum;
    }

    /** How many findings this thread counted in the current record's partition since its last transaction. */
    public long findings() {
        return ofThread.get().current.findings();
    }

    /** A task starts, at these offsets. */
    public void begin(Map<TopicPartition, OffsetAndMetadata> committed) {
        Accounts accounts = ofThread.get();
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                accounts.begin(partition, offset.offset());
            }
        });
    }

    /** The transaction of this thread is aborted. */
    void rollBack() {
        ofThread.get().rollBack();
    }

    /**
     * Ends a transaction. It includes everything that the thread's tasks did since the one before; a task that only
     * counted something without a record commits no offset.
     *
     * @param next the offsets that it commits
     * @return the records to write in it; none for a partition without progress
     */
    List<ProducerRecord<byte[], byte[]>> close(Map<TopicPartition, OffsetAndMetadata> next) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(next.size());
        Accounts accounts = ofThread.get();
        accounts.byPartition.forEach((source, account) -> {
            OffsetAndMetadata committed = next.get(source);
            long end = committed == null ? account.from() : committed.offset();
            if (account.isOpen(end)) {
                records.add(record(source, account.key(), account.close(end)));
            }
        });
        accounts.withoutRecord.forEach((source, account) -> {
            if (account.isOpen()) {
                records.add(record(
                        source,
                        account.key(),
                        account.closeAt(accounts.of(source).from())));
            }
        });
        return records;
    }

    private ProducerRecord<byte[], byte[]> record(TopicPartition source, String account, String counts) {
        String key = lane + '/' + source.topic() + '/' + source.partition() + '/' + account;
        String value = "{\"lane\":\"" + lane + "\",\"topic\":\"" + source.topic() + "\",\"partition\":"
                + source.partition() + ',' + counts + '}';
        return new ProducerRecord<>(topic, bytes(key), bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
