package io.clinicalstreams.topics.cluster;

/**
 * A partition on the cluster.
 *
 * @param replicas number of assigned replicas
 * @param inSync number of in-sync replicas
 */
public record ActualPartition(int id, boolean hasLeader, int replicas, int inSync) {}
