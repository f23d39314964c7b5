package io.clinicalstreams.demo.bench;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Copies of the catalogue under names of a bench's own, settings and partitions as they are. So a bench never writes into
 * topics that somebody uses, and each run finds its outputs empty. Names keep the environment's prefix, to which a secured
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
                .map(topic -> renamed(topic, prefix))
                .toList();
        return new Catalogue(catalogue.where(), topics, List.of());
    }

    /** The whole catalogue for one run: inputs shared, outputs and application ids its own. */
    Catalogue forRun(String run) {
        String own = prefix + run + '.';
        Map<String, Topic> topics = catalogue.topics().stream()
                .map(topic -> renamed(topic, SHARED.contains(topic.name()) ? prefix : own))
                .collect(Collectors.toMap(Topic::name, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        List<Lane> lanes = catalogue.lanes().stream()
                .map(lane -> renamed(lane, own, topics))
                .toList();
        return new Catalogue(catalogue.where(), List.copyOf(topics.values()), lanes);
    }

    private static Topic renamed(Topic topic, String prefix) {
        return new Topic(
                topic.name(),
                prefix + topic.name(),
                topic.goal(),
                topic.key(),
                topic.value(),
                topic.keyedOrder(),
                topic.partitions(),
                topic.replication(),
                topic.profile(),
                topic.settings(),
                topic.producer(),
                topic.consumer());
    }

    private static Lane renamed(Lane lane, String prefix, Map<String, Topic> topics) {
        return new Lane(
                lane.name(),
                prefix + lane.name(),
                lane.goal(),
                lane.profile(),
                renamed(lane.sources(), topics),
                renamed(lane.references(), topics),
                renamed(lane.sinks(), topics),
                lane.slowerSinks(),
                lane.stores(),
                lane.settings());
    }

    private static List<Topic> renamed(List<Topic> originals, Map<String, Topic> topics) {
        return originals.stream()
                .flatMap(topic -> topics.values().stream()
                        .filter(renamed -> renamed.name().equals(topic.name())))
                .toList();
    }
}
