package io.clinicalstreams.topics.cluster;

/**
 * A partition as the cluster has it.
 *
 * @param replicas how many copies it should have
 * @param inSync how many copies have all records
 */
public record ActualPartition(int id, boolean hasLeader, int replicas, int inSync) {}
