package io.clinicalstreams.peer;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Copies of the catalogue with the bench's own names and unchanged settings and partitions. So a bench never writes
 * into topics in use, and each run starts with empty outputs. Names keep the environment's prefix, which a secured
 * cluster's ACLs may require.
 */
public final class RunNames {

    /** The input of all runs. */
    private static final Set<String> SHARED = Set.of(
            TopicNames.RESOURCE_RECEIVED,
            TopicNames.RESOURCE_REKEYED,
            TopicNames.ALERT_RULE,
            TopicNames.MEDICATION_CATALOG);

    private final Catalogue catalogue;
    private final String prefix;

    /** Names that no other bench has. */
    public RunNames(Catalogue catalogue) {
        this(
                catalogue,
                catalogue.where().namePrefix() + "bench-"
                        + UUID.randomUUID().toString().substring(0, 8) + '.');
    }

    RunNames(Catalogue catalogue, String prefix) {
        this.catalogue = catalogue;
        this.prefix = prefix;
    }

    public String prefix() {
        return prefix;
    }

    /** The topics that all runs share, without lanes. */
    public Catalogue shared() {
        List<Topic> topics = catalogue.topics().stream()
                .filter(topic -> SHARED.contains(topic.name()))
                .map(topic -> topic.named(prefix + topic.name()))
                .toList();
        return new Catalogue(catalogue.where(), topics, List.of());
    }

    /** The whole catalogue for one run: shared inputs, its own outputs and application ids. */
    public Catalogue forRun(String run) {
        String own = prefix + run + '.';
        return catalogue.named(
                topic -> (SHARED.contains(topic.name()) ? prefix : own) + topic.name(), lane -> own + lane.name());
    }
}
