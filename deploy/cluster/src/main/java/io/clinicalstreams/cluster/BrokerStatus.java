package io.clinicalstreams.cluster;

/**
 * The status of one broker.
 *
 * @param pid id of its process; 0 if it has none
 * @param answering whether it answers, whatever the other brokers do
 */
public record BrokerStatus(int id, long pid, int port, boolean alive, boolean answering) {}
