package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicClients;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;

/** What one topic of a catalogue needs for a load. */
record TopicSize(Catalogue catalogue, Inputs inputs, Topic topic) {

    private static final String AS_THE_PRODUCER = "producer";

    PartitionCount partitions() {
        int merged = readingLanes().stream()
                .mapToInt(lane -> Math.max(largestAlone(lane), threadsNeeded(lane)))
                .max()
                .orElse(0);
        return partitions(merged);
    }

    private PartitionCount partitions(int merged) {
        double bytesWhenMeasured = inputs.of(SizeInput.PARTITION_RATE_BYTES);
        WorkRate others = new WorkRate(inputs.of(SizeInput.CONSUMER_RATE), bytesWhenMeasured);
        return new PartitionCount(
                inputs.load().perSecond() * inputs.of(SizeInput.SHARE, topic.name()),
                recordBytes(),
                new WorkRate(inputs.of(SizeInput.PRODUCER_RATE), bytesWhenMeasured),
                readingLanes().stream()
                        .map(LaneSize::thread)
                        .min(Comparator.comparingDouble(rate -> rate.perSecond(recordBytes())))
                        .orElse(others),
                catalogue.where().brokers(),
                merged);
    }

    /** Sources that a lane merges have equal partition counts, so each needs as many as the largest of them. */
    private int largestAlone(LaneSize lane) {
        return lane.lane().sources().stream()
                .mapToInt(source ->
                        new TopicSize(catalogue, inputs, source).partitions(0).count())
                .max()
                .orElse(0);
    }

    /** A thread of the lane processes one partition of each merged source. */
    private int threadsNeeded(LaneSize lane) {
        double ofOneThread = lane.thread().perSecond(inputs.of(SizeInput.RECORD_BYTES));
        return Numbers.up("partitions of merged topics", lane.target() / ofOneThread);
    }

    private List<LaneSize> readingLanes() {
        return sizes(new TopicClients(catalogue, topic).readers());
    }

    private List<LaneSize> writingLanes() {
        return sizes(new TopicClients(catalogue, topic).writers());
    }

    private List<LaneSize> sizes(List<Lane> lanes) {
        return lanes.stream().map(lane -> new LaneSize(catalogue, inputs, lane)).toList();
    }

    /** Uncompressed. A lane with state creates its own records; all others are as large as the received ones. */
    private double recordBytes() {
        boolean isMade =
                writingLanes().stream().anyMatch(lane -> !lane.lane().stores().isEmpty());
        return inputs.of(isMade ? SizeInput.ALERT_BYTES : SizeInput.RECORD_BYTES);
    }

    /** Compressed size as a share of the uncompressed size, with the writer's codec unless the topic has its own. */
    double compressed() {
        String kept = topic.settings().plain().getOrDefault(TopicConfig.COMPRESSION_TYPE_CONFIG, AS_THE_PRODUCER);
        if (!kept.equals(AS_THE_PRODUCER)) {
            return inputs.compressed(kept);
        }
        String ofProducer = topic.producer().plain().get(ProducerConfig.COMPRESSION_TYPE_CONFIG);
        return writingLanes().stream()
                .mapToDouble(LaneSize::compressed)
                .max()
                .orElseGet(() -> inputs.compressed(ofProducer));
    }

    /** Bytes/s compressed, before replication. */
    double written() {
        return partitions().target() * recordBytes() * compressed();
    }

    /** Bytes/s of all its readers: the lanes that read it, or the other groups if no lane does. */
    double read() {
        int lanes = readingLanes().size();
        return written() * (lanes > 0 ? lanes : inputs.of(SizeInput.READERS));
    }

    /**
     * Bytes on all disks.
     *
     * @throws IllegalArgumentException if it keeps records forever, so that no disk is large enough
     */
    Figure stored() {
        double keys = inputs.find(SizeInput.KEYS, topic.name()).orElse(0.0);
        return new TopicStorage(
                        topic,
                        partitionsMade(),
                        keys * inputs.load().factor() * recordBytes() * compressed(),
                        inputs.find(SizeInput.DAYS, topic.name()),
                        written(),
                        written() * inputs.of(SizeInput.AVERAGE))
                .stored();
    }

    /** Whether its records are deleted by age, so that more disk allows a longer retention. */
    boolean goesByAge() {
        return !topic.cleanup().isTable();
    }

    /** Whether the catalogue has enough partitions. */
    boolean isEnough() {
        return topic.partitions() >= partitions().count();
    }

    /** The partitions that it will have: the catalogue's, or more if those are too few. */
    int partitionsMade() {
        return Math.max(topic.partitions(), partitions().count());
    }
}
