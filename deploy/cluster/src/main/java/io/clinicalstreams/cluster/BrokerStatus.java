package io.clinicalstreams.cluster;

import org.jspecify.annotations.Nullable;

/**
 * The status of one broker.
 *
 * @param pid id of its process; 0 if this machine shows none
 * @param answering whether it answers, whatever the other brokers do; null if unknown: its port is open, but it did not
 *     answer in time
 */
public record BrokerStatus(
        int id, long pid, int port, boolean alive, @Nullable Boolean answering) {}
