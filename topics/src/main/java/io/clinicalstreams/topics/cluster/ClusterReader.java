package io.clinicalstreams.topics.cluster;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.SupportedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Reads topics of a cluster in four calls, however many topics there are. The calls may reach different brokers; while
 * those disagree on which topics exist, the calls are repeated.
 */
public record ClusterReader(Admin admin) {

    private static final Duration AGREED_WITHIN = Duration.ofSeconds(15);

    /**
     * Only the catalogue's topics.
     *
     * @throws KafkaException if the cluster cannot be reached or refuses
     */
    public ClusterState read(Catalogue catalogue) {
        return read(catalogue.topics().stream().map(Topic::fullName).toList());
    }

    /**
     * The topics with these names; missing ones are left out.
     *
     * @throws KafkaException if the cluster cannot be reached or refuses
     */
    public ClusterState read(Collection<String> names) {
        return look(names).all();
    }

    /**
     * The same, for a caller that continues if some topics are hidden. Each name is requested, because a list of all
     * topics omits those that the caller may not see, and they would look like missing topics.
     *
     * @throws KafkaException if the cluster cannot be reached
     */
    public SeenTopics look(Collection<String> names) {
        int brokers = brokers();
        int metadataVersion = metadataVersion();
        long deadline = System.nanoTime() + AGREED_WITHIN.toNanos();
        while (true) {
            Map<String, Set<String>> refused = new HashMap<>();
            Map<String, TopicDescription> descriptions =
                    existing(admin.describeTopics(names).topicNameValues(), "describe", name -> name, refused);
            Map<String, ActualTopic> topics = topics(descriptions, refused);
            SeenTopics seen = new SeenTopics(new ClusterState(brokers, metadataVersion, topics), refused);
            descriptions.keySet().removeIf(name -> topics.containsKey(name) || seen.hides(name));
            if (descriptions.isEmpty()) {
                return seen;
            }
            if (System.nanoTime() > deadline) {
                throw new KafkaException("the brokers disagree on whether these topics exist: "
                        + String.join(", ", descriptions.keySet()));
            }
            ClusterAnswer.pause();
        }
    }

    /** A described topic that is unknown to the broker that answers for settings is left out. */
    private Map<String, ActualTopic> topics(
            Map<String, TopicDescription> descriptions, Map<String, Set<String>> refused) {
        List<ConfigResource> resources = descriptions.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        DescribeConfigsOptions withInherited = new DescribeConfigsOptions().includeSynonyms(true);
        Map<ConfigResource, Config> settings = existing(
                admin.describeConfigs(resources, withInherited).values(),
                "describe configs",
                ConfigResource::name,
                refused);
        Map<String, ActualTopic> topics = new HashMap<>();
        descriptions.forEach((name, description) -> {
            Config config = settings.get(new ConfigResource(ConfigResource.Type.TOPIC, name));
            if (config != null) {
                topics.put(name, new ActualTopic(name, partitions(description), settings(config)));
            }
        });
        return topics;
    }

    /**
     * The answers for topics that exist and are not hidden. Refusals are collected, so that all can be fixed at once.
     *
     * @param operation the operation, in words
     * @param refused names of topics by operation; grows
     */
    private static <K, V> Map<K, V> existing(
            Map<K, KafkaFuture<V>> answers,
            String operation,
            Function<K, String> topic,
            Map<String, Set<String>> refused) {
        Map<K, V> found = new HashMap<>();
        answers.forEach((key, answer) -> {
            try {
                found.put(key, ClusterAnswer.of(answer));
            } catch (UnknownTopicOrPartitionException absent) {
                // left out
            } catch (AuthorizationException hidden) {
                refused.computeIfAbsent(operation, each -> new TreeSet<>()).add(topic.apply(key));
            }
        });
        return found;
    }

    /** A broker that is down still gets replicas of a new topic, so it counts. */
    private int brokers() {
        try {
            DescribeClusterOptions all = new DescribeClusterOptions().includeFencedBrokers(true);
            return ClusterAnswer.of(admin.describeCluster(all).nodes()).size();
        } catch (UnsupportedVersionException beforeKafka4) {
            return ClusterAnswer.of(admin.describeCluster().nodes()).size();
        }
    }

    /** A cluster that does not report its version counts as new: it refuses unknown settings itself. */
    private int metadataVersion() {
        FeatureMetadata features = ClusterAnswer.of(admin.describeFeatures().featureMetadata());
        SupportedVersionRange levels = features.supportedFeatures().get("metadata.version");
        return levels == null ? Short.MAX_VALUE : levels.maxVersion();
    }

    private static List<ActualPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream().map(ClusterReader::partition).toList();
    }

    private static ActualPartition partition(TopicPartitionInfo partition) {
        boolean hasLeader = partition.leader() != null && !partition.leader().isEmpty();
        return new ActualPartition(
                partition.partition(),
                hasLeader,
                partition.replicas().size(),
                partition.isr().size());
    }

    private static Map<String, ActualSetting> settings(Config config) {
        Map<String, ActualSetting> settings = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            boolean setOnTopic = entry.source() == ConfigSource.DYNAMIC_TOPIC_CONFIG;
            String value = entry.value() == null ? "" : entry.value();
            settings.put(
                    entry.name(),
                    new ActualSetting(value, setOnTopic, inherited(entry).orElse(null)));
        }
        return settings;
    }

    private static Optional<String> inherited(ConfigEntry entry) {
        return entry.synonyms().stream()
                .filter(synonym -> synonym.source() != ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .map(ConfigEntry.ConfigSynonym::value)
                .findFirst();
    }
}
