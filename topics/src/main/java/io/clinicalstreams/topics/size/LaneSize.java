package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What one lane of a catalogue needs for a load. */
record LaneSize(Catalogue catalogue, Inputs inputs, Lane lane) {

    LaneInstances instances() {
        return new LaneInstances(
                lane.name(),
                target(),
                inputs.of(SizeInput.RECORD_BYTES),
                thread(),
                Integer.parseInt(lane.settings().plain().getOrDefault(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "1")),
                lane.sources().get(0).partitions(),
                hasState() ? catalogue.where().standbyReplicas() : 0,
                (int) inputs.of(SizeInput.SPARE_INSTANCES));
    }

    boolean hasState() {
        return !lane.internalTopics().isEmpty();
    }

    /** Records/s from all its sources. */
    double target() {
        return lane.sources().stream()
                .mapToDouble(source -> inputs.load().perSecond() * inputs.of(SizeInput.SHARE, source.name()))
                .sum();
    }

    /** The rate of one thread. */
    WorkRate thread() {
        return new WorkRate(inputs.of(SizeInput.LANE_RATE, lane.name()), inputs.of(SizeInput.LANE_RATE_BYTES));
    }

    /** Compressed size of its producer's records, as a share of the uncompressed size; also for changelogs. */
    double compressed() {
        String setting = StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG);
        return inputs.compressed(lane.settings().plain().get(setting));
    }

    /**
     * Its state; empty if it has none.
     *
     * @param topics sizes with the partitions that its sources will have
     */
    Optional<LaneState> state(List<TopicSize> topics) {
        if (!hasState()) {
            return Optional.empty();
        }
        double bytes = inputs.of(SizeInput.PATIENTS) * inputs.load().factor() * inputs.of(SizeInput.STATE_BYTES);
        CompactedLog changelog = new CompactedLog(
                bytes * compressed(),
                target() * inputs.of(SizeInput.PUTS_PER_RECORD) * inputs.of(SizeInput.PUT_BYTES) * compressed(),
                partitions(topics) * lane.internalTopics().size(),
                CompactedLog.Cleaning.of(lane.settings(), StreamsConfig.TOPIC_PREFIX));
        return Optional.of(new LaneState(
                bytes,
                catalogue.where().standbyReplicas(),
                instances(),
                changelog,
                catalogue.where().replication(),
                inputs.of(SizeInput.RESTORE_RATE) * Numbers.MB));
    }

    /** The partitions of the largest source: there are as many tasks, and each store has one partition per task. */
    private int partitions(List<TopicSize> topics) {
        return topics.stream()
                .filter(topic -> lane.sources().contains(topic.topic()))
                .mapToInt(TopicSize::partitionsMade)
                .max()
                .orElse(1);
    }

    List<Figure> figures(List<TopicSize> topics) {
        List<Figure> figures = new ArrayList<>(List.of(instances().figure()));
        Optional.ofNullable(lane.profile().objectives().recordedPerSecond())
                .ifPresent(asked -> figures.add(objective(asked)));
        state(topics).ifPresent(state -> {
            figures.add(new Figure(
                    "state",
                    state.bytes() / Numbers.MB,
                    "MB",
                    Numbers.in(
                            "patients x growth / (1 - headroom) x bytes = %s x %s",
                            inputs.load().of(inputs.of(SizeInput.PATIENTS)), inputs.of(SizeInput.STATE_BYTES))));
            figures.add(state.perInstance());
            figures.add(new Figure(
                    "changelog written",
                    state.changelog().written() / Numbers.MB,
                    "MB/s",
                    Numbers.in(
                            "records read x puts x bytes x compressed, by the lane's producer = %s x %s x %s x %s",
                            target(),
                            inputs.of(SizeInput.PUTS_PER_RECORD),
                            inputs.of(SizeInput.PUT_BYTES),
                            compressed())));
            figures.addAll(state.changelogFigures());
            figures.add(state.restore());
        });
        return figures;
    }

    /** Whether its sources have enough partitions, and a measured thread reaches its objective. */
    boolean isEnough() {
        Long asked = lane.profile().objectives().recordedPerSecond();
        Inputs.Given rate = inputs.get(SizeInput.LANE_RATE, lane.name());
        return instances().isEnough() && (asked == null || rate.isAssumed() || rate.value() >= asked);
    }

    /** Whether one thread reaches the objective of the lane's profile. */
    private Figure objective(double asked) {
        Inputs.Given given = inputs.get(SizeInput.LANE_RATE, lane.name());
        String verdict = given.value() >= asked ? "reaches the " : "MISSES the ";
        return new Figure(
                lane.name() + " lane, one thread",
                given.value(),
                "records/s",
                Numbers.in(
                        "%sobjective of profile %s, %s records/s per thread",
                        given.isAssumed() ? "NOT MEASURED, assumed; --measured shows whether it reaches the " : verdict,
                        lane.profile().name(),
                        asked));
    }
}
