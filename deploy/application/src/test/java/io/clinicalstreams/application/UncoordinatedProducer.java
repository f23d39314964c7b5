package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.TxnOffsetCommitRequest;

/**
 * Leaves hanging transactions behind, as a broker does that wrote records and not the marker of their end: sends
 * transactional requests of a producer that no coordinator knows, while the brokers do not verify that.
 */
final class UncoordinatedProducer implements AutoCloseable {

    private static final String VERIFY = "transaction.partition.verification.enable";
    private static final long PRODUCER = 8_000_000_000L;

    /** The last versions that name topics and whose producer must be registered beforehand. */
    private static final short PRODUCE = 11;

    private static final short COMMIT = 3;

    private final Admin admin;
    private final Socket socket;
    private int sent;

    UncoordinatedProducer(Admin admin, String bootstrapServer) throws IOException {
        this.admin = admin;
        int colon = bootstrapServer.lastIndexOf(':');
        this.socket =
                new Socket(bootstrapServer.substring(0, colon), Integer.parseInt(bootstrapServer.substring(colon + 1)));
        verify("false");
    }

    /** Appends one record to the partition and leaves its transaction open. */
    void write(TopicPartition to) throws IOException {
        MemoryRecords batch = MemoryRecords.withTransactionalRecords(
                Compression.NONE, PRODUCER, (short) 0, 0, new SimpleRecord(new byte[] {'k'}, new byte[] {'v'}));
        TopicProduceData topic = new TopicProduceData()
                .setName(to.topic())
                .setPartitionData(List.of(
                        new PartitionProduceData().setIndex(to.partition()).setRecords(batch)));
        ProduceRequestData data = new ProduceRequestData()
                .setTransactionalId("uncoordinated")
                .setAcks((short) -1)
                .setTimeoutMs(10_000)
                .setTopicData(new TopicProduceDataCollection(List.of(topic).iterator()));
        send(new ProduceRequest(data, PRODUCE), ApiKeys.PRODUCE, PRODUCE);
    }

    /** Commits an offset of the group and leaves its transaction open. */
    void commit(String group, TopicPartition source, long offset) throws IOException {
        TxnOffsetCommitRequestData data = new TxnOffsetCommitRequestData()
                .setTransactionalId("uncoordinated")
                .setGroupId(group)
                .setProducerId(PRODUCER)
                .setProducerEpoch((short) 0)
                .setTopics(List.of(new TxnOffsetCommitRequestTopic()
                        .setName(source.topic())
                        .setPartitions(List.of(new TxnOffsetCommitRequestPartition()
                                .setPartitionIndex(source.partition())
                                .setCommittedOffset(offset)
                                .setCommittedMetadata("")))));
        send(new TxnOffsetCommitRequest(data, COMMIT), ApiKeys.TXN_OFFSET_COMMIT, COMMIT);
    }

    private void send(AbstractRequest request, ApiKeys kind, short version) throws IOException {
        ByteBuffer bytes = request.serializeWithHeader(new RequestHeader(kind, version, "uncoordinated", sent++));
        byte[] sized = new byte[Integer.BYTES + bytes.remaining()];
        ByteBuffer.wrap(sized).putInt(bytes.remaining()).put(bytes);
        socket.getOutputStream().write(sized);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        assertThat(in.readNBytes(in.readInt())).as("the answer").isNotEmpty();
    }

    private void verify(String value) {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.BROKER, ""),
                        List.of(new AlterConfigOp(new ConfigEntry(VERIFY, value), AlterConfigOp.OpType.SET))))
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() throws IOException {
        verify("true");
        socket.close();
    }
}
