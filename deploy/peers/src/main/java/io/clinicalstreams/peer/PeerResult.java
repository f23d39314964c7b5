package io.clinicalstreams.peer;

import java.util.Map;

/**
 * The times of one run, from its first record until the offset after its last is committed and all output can be read.
 *
 * @param threads that processed records
 * @param cpuSeconds of the peer's process; the brokers are other processes
 * @param counts what the peer counted by itself, by name
 */
public record PeerResult(int threads, double seconds, double cpuSeconds, Map<String, Long> counts) {}
