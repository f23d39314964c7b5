package io.clinicalstreams.topics.cluster;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A simulated cluster that matches a catalogue, for tests to change. */
public final class FakeCluster {

    private final int brokers;
    private final Map<String, ActualTopic> topics = new HashMap<>();

    private FakeCluster(int brokers) {
        this.brokers = brokers;
    }

    public static FakeCluster empty(int brokers) {
        return new FakeCluster(brokers);
    }

    public static FakeCluster asWantedBy(Catalogue catalogue) {
        FakeCluster cluster = new FakeCluster(catalogue.where().brokers());
        catalogue.topics().forEach(cluster::withTopic);
        return cluster;
    }

    private void withTopic(Topic topic) {
        Map<String, ActualSetting> settings = new HashMap<>();
        topic.settings().plain().forEach((name, value) -> settings.put(name, new ActualSetting(value, true, null)));
        settings.put("flush.ms", new ActualSetting("9223372036854775807", false, "9223372036854775807"));
        with(topic.fullName(), topic.partitions(), topic.replication(), settings);
    }

    public FakeCluster with(String topic, int partitions, int replication, Map<String, ActualSetting> settings) {
        topics.put(
                topic,
                new ActualTopic(
                        topic,
                        IntStream.range(0, partitions)
                                .mapToObj(id -> new ActualPartition(id, true, replication, replication))
                                .toList(),
                        settings));
        return this;
    }

    public FakeCluster with(ActualTopic topic) {
        topics.put(topic.name(), topic);
        return this;
    }

    public FakeCluster without(String topic) {
        topics.remove(topic);
        return this;
    }

    public FakeCluster resized(String topic, int partitions, int replication) {
        return with(topic, partitions, replication, get(topic).settings());
    }

    /** Sets a value on the topic itself. */
    public FakeCluster set(String topic, String setting, String value, @Nullable String inherited) {
        Map<String, ActualSetting> settings = new HashMap<>(get(topic).settings());
        settings.put(setting, new ActualSetting(value, true, inherited));
        topics.put(topic, new ActualTopic(topic, get(topic).partitions(), settings));
        return this;
    }

    /** Removes a setting from the topic. */
    public FakeCluster unset(String topic, String setting) {
        Map<String, ActualSetting> settings = new HashMap<>(get(topic).settings());
        ActualSetting removed = settings.remove(setting);
        if (removed != null && removed.inherited() != null) {
            settings.put(setting, new ActualSetting(removed.inherited(), false, removed.inherited()));
        }
        return with(new ActualTopic(topic, get(topic).partitions(), settings));
    }

    public FakeCluster partition(String topic, ActualPartition changed) {
        List<ActualPartition> partitions = get(topic).partitions().stream()
                .map(partition -> partition.id() == changed.id() ? changed : partition)
                .toList();
        topics.put(topic, new ActualTopic(topic, partitions, get(topic).settings()));
        return this;
    }

    private ActualTopic get(String topic) {
        ActualTopic found = topics.get(topic);
        if (found == null) {
            throw new IllegalArgumentException("no topic " + topic);
        }
        return found;
    }

    public ClusterState state() {
        return new ClusterState(brokers, Short.MAX_VALUE, topics);
    }
}
