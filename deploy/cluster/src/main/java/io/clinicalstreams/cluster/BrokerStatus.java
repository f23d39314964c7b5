package io.clinicalstreams.cluster;

/**
 * How one broker does.
 *
 * @param pid the number of its process, 0 when it has none
 * @param answering whether it answers and sees all others
 */
public record BrokerStatus(int id, long pid, int port, boolean alive, boolean answering) {}
