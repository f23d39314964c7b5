package io.clinicalstreams.demo.bench;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Copies of the catalogue under names of a bench's own, settings and partitions as they are. So a bench never writes into
 * topics in use, and each run finds its outputs empty. Names keep the environment's prefix, to which a secured
 * cluster's access rules may be bound.
 */
final class ScratchNames {

    /** What all runs read. */
    private static final Set<String> SHARED = Set.of(
            TopicNames.RESOURCE_RECEIVED,
            TopicNames.RESOURCE_REKEYED,
            TopicNames.ALERT_RULE,
            TopicNames.MEDICATION_CATALOG);

    private final Catalogue catalogue;
    private final String prefix;

    ScratchNames(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.prefix = catalogue.where().namePrefix() + "bench-"
                + UUID.randomUUID().toString().substring(0, 8) + '.';
    }

    /** The topics that all runs share, and no lane. */
    Catalogue shared() {
        List<Topic> topics = catalogue.topics().stream()
                .filter(topic -> SHARED.contains(topic.name()))
                .map(topic -> topic.named(prefix + topic.name()))
                .toList();
        return new Catalogue(catalogue.where(), topics, List.of());
    }

    /** The whole catalogue for one run: inputs shared, outputs and application ids its own. */
    Catalogue forRun(String run) {
        String own = prefix + run + '.';
        return catalogue.named(
                topic -> (SHARED.contains(topic.name()) ? prefix : own) + topic.name(), lane -> own + lane.name());
    }
}
