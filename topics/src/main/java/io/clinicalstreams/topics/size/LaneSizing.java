package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.EffectiveSetting;
import io.clinicalstreams.topics.Lane;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.StreamsConfig;

/** Sizes single lanes of a catalogue for a load. */
record LaneSizing(Catalogue catalogue, Inputs inputs, double load) {

    private static final double MB = 1e6;
    /** Changelogs have Kafka's default. */
    private static final double CHANGELOG_DIRTY = 0.5;

    LaneSize of(Lane lane) {
        int partitions = lane.sources().get(0).partitions();
        LaneInstances instances =
                new LaneInstances(lane.name(), load, TopicSizing.rateOf(lane, inputs), threads(lane), partitions);
        List<Figure> figures = new ArrayList<>(List.of(instances.figure()));
        if (lane.internalTopics().isEmpty()) {
            return LaneSize.stateless(figures);
        }
        LaneState state = new LaneState(
                inputs.of(SizeInput.PATIENTS),
                inputs.of(SizeInput.STATE_BYTES),
                catalogue.where().standbyReplicas(),
                instances.count(),
                inputs.of(SizeInput.RESTORE_RATE) * MB);
        double packing = new Packing(catalogue, inputs.of(SizeInput.PACKED)).of(lane);
        double bytes = inputs.of(SizeInput.STATE_BYTES) * packing;
        double written = load * inputs.of(SizeInput.PUTS) * bytes;
        double read = written * state.warmCopies();
        int copies = catalogue.where().replication();
        double stored = new CompactedTopic(inputs.of(SizeInput.PATIENTS), bytes, CHANGELOG_DIRTY, copies).bytes();
        figures.addAll(List.of(
                state.state(),
                state.perInstance(),
                changelogRate(packing, written),
                changelogReading(state, written, read),
                changelogSize(state, packing, copies, stored),
                state.restore()));
        return new LaneSize(
                figures,
                written,
                read,
                stored,
                partitions * lane.internalTopics().size());
    }

    private Figure changelogRate(double packing, double written) {
        return new Figure(
                "changelog written",
                written / MB,
                "MB/s",
                "T x puts x bytes x packed, as the lane's producer packs = %s x %s x %s x %s"
                        .formatted(
                                Numbers.of(load),
                                Numbers.of(inputs.of(SizeInput.PUTS)),
                                Numbers.of(inputs.of(SizeInput.STATE_BYTES)),
                                Numbers.of(packing)));
    }

    private static Figure changelogReading(LaneState state, double written, double read) {
        return new Figure(
                "changelog read",
                read / MB,
                "MB/s",
                "written x standbys, where other instances are = %s x %d"
                        .formatted(Numbers.of(written / MB), state.warmCopies()));
    }

    private static Figure changelogSize(LaneState state, double packing, int copies, double stored) {
        return new Figure(
                "changelog stored",
                stored / MB,
                "MB",
                "state x packed / (1 - dirty ratio) x copies = %s x %s / (1 - %s) x %d, and open segments"
                        .formatted(
                                Numbers.of(state.bytes() / MB),
                                Numbers.of(packing),
                                Numbers.of(CHANGELOG_DIRTY),
                                copies));
    }

    private static int threads(Lane lane) {
        return lane.settings()
                .get(StreamsConfig.NUM_STREAM_THREADS_CONFIG)
                .map(EffectiveSetting::value)
                .map(Integer::parseInt)
                .orElse(1);
    }
}
