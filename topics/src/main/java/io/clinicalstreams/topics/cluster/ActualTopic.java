package io.clinicalstreams.topics.cluster;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A topic on the cluster. */
public record ActualTopic(String name, List<ActualPartition> partitions, Map<String, ActualSetting> settings) {

    /** Maximum number of partitions that a message names. */
    private static final int NAMED = 5;

    public ActualTopic {
        partitions = List.copyOf(partitions);
        settings = Map.copyOf(settings);
    }

    /** Replicas of the partition with the fewest. */
    public int replication() {
        return partitions.stream().mapToInt(ActualPartition::replicas).min().orElse(0);
    }

    /**
     * The replication of partitions with another number of replicas, in words; one number if it is the same in all
     * partitions.
     */
    public String otherReplication(int replicas) {
        Map<Integer, List<Integer>> others = partitions.stream()
                .filter(partition -> partition.replicas() != replicas)
                .collect(Collectors.groupingBy(
                        ActualPartition::replicas,
                        TreeMap::new,
                        Collectors.mapping(ActualPartition::id, Collectors.toList())));
        return others.entrySet().stream()
                .map(each -> each.getKey() + where(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String where(List<Integer> ids) {
        if (ids.size() == partitions.size()) {
            return "";
        }
        String some = ids.stream().sorted().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        String more = ids.size() > NAMED ? " and " + (ids.size() - NAMED) + " more" : "";
        return " in partition" + (ids.size() == 1 ? " " : "s ") + some + more;
    }

    /** Whether all partitions have this many replicas. */
    public boolean hasReplication(int replicas) {
        return partitions.stream().allMatch(partition -> partition.replicas() == replicas);
    }

    /** The value in effect; empty for a setting unknown to the cluster. */
    public String value(String setting) {
        ActualSetting actual = settings.get(setting);
        return actual == null ? "" : actual.value();
    }
}
