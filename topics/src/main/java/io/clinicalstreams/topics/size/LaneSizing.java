package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.EffectiveSetting;
import io.clinicalstreams.topics.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Sizes single lanes of a catalogue for a load.
 *
 * @param partitions that a topic of this full name will have
 */
record LaneSizing(
        Catalogue catalogue, Inputs inputs, NamedInputs named, DesignLoad load, Map<String, Integer> partitions) {

    private static final double MB = 1e6;

    LaneSize of(Lane lane) {
        LaneInstances instances = instances(lane);
        List<Figure> figures = new ArrayList<>(List.of(instances.figure()));
        LaneObjective.of(lane, named).ifPresent(objective -> figures.add(objective.figure()));
        if (lane.internalTopics().isEmpty()) {
            return LaneSize.stateless(figures);
        }
        double packing = new Packing(catalogue, inputs.of(SizeInput.PACKED)).of(lane);
        double state = inputs.of(SizeInput.PATIENTS) * load.factor() * inputs.of(SizeInput.STATE_BYTES);
        double written = load.perSecond() * inputs.of(SizeInput.PUTS) * inputs.of(SizeInput.STATE_BYTES) * packing;
        CompactedLog changelog = new CompactedLog(
                state * packing,
                written,
                partitions(lane) * lane.internalTopics().size(),
                Cleaning.of(lane.settings(), StreamsConfig.TOPIC_PREFIX));
        LaneState onInstances = new LaneState(
                state,
                catalogue.where().standbyReplicas(),
                instances,
                changelog,
                inputs.of(SizeInput.RESTORE_RATE) * MB);
        ChangelogFigures figuresOfChangelog = new ChangelogFigures(
                inputs, load, changelog, packing, catalogue.where().replication());
        figures.addAll(List.of(
                stateFigure(state),
                onInstances.perInstance(),
                figuresOfChangelog.written(),
                figuresOfChangelog.read(onInstances.warmCopies()),
                figuresOfChangelog.ofPartition(),
                figuresOfChangelog.stored(),
                onInstances.restore()));
        return new LaneSize(
                figures,
                written,
                written * onInstances.warmCopies(),
                changelog.stored(catalogue.where().replication()),
                changelog.partitions());
    }

    private LaneInstances instances(Lane lane) {
        return new LaneInstances(
                lane.name(),
                lane.sources().stream()
                                .mapToDouble(source -> named.of(NamedInput.SHARE, source.name()))
                                .sum()
                        * load.perSecond(),
                inputs.of(SizeInput.RECORD_BYTES),
                named.rateOf(lane, inputs.of(SizeInput.LANE_RATE_BYTES)),
                threads(lane),
                lane.sources().get(0).partitions(),
                lane.internalTopics().isEmpty() ? 0 : catalogue.where().standbyReplicas(),
                (int) inputs.of(SizeInput.SPARE_INSTANCES));
    }

    /** As many as the largest source has: so many tasks there are, and each store has a partition for each. */
    private int partitions(Lane lane) {
        return lane.sources().stream()
                .mapToInt(source -> partitions.getOrDefault(source.fullName(), source.partitions()))
                .max()
                .orElse(1);
    }

    private Figure stateFigure(double state) {
        return new Figure(
                "state",
                state / MB,
                "MB",
                "patients x growth / (1 - headroom) x bytes = %s x %s"
                        .formatted(
                                load.of(inputs.of(SizeInput.PATIENTS)), Numbers.of(inputs.of(SizeInput.STATE_BYTES))));
    }

    private static int threads(Lane lane) {
        return lane.settings()
                .get(StreamsConfig.NUM_STREAM_THREADS_CONFIG)
                .map(EffectiveSetting::value)
                .map(Integer::parseInt)
                .orElse(1);
    }
}
