package io.clinicalstreams.topics.plan;

import java.util.List;
import java.util.Map;

/** A topic as the cluster has it. */
public record ActualTopic(String name, List<ActualPartition> partitions, Map<String, ActualSetting> settings) {

    public ActualTopic {
        partitions = List.copyOf(partitions);
        settings = Map.copyOf(settings);
    }

    /** Copies of the partition that has the fewest. */
    public int replication() {
        return partitions.stream().mapToInt(ActualPartition::replicas).min().orElse(0);
    }

    /** Whether all partitions have this many copies. */
    public boolean hasReplication(int copies) {
        return partitions.stream().allMatch(partition -> partition.replicas() == copies);
    }

    /** The value in effect; empty for a setting that the cluster does not know. */
    public String value(String setting) {
        ActualSetting actual = settings.get(setting);
        return actual == null ? "" : actual.value();
    }
}
