package io.clinicalstreams.loadgen.result;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The system in one second. Null: not reported.
 *
 * @param lag records not yet processed, by consumer group; without a group whose lag is unknown
 * @param processes by name
 * @param machineCpuPercent of all cores, all processes of the machine
 * @param machineMemoryPercent not available to new work, of the machine's memory
 * @param logMib on the disks of all brokers, all topics and replicas
 */
public record SystemSample(
        Map<String, Long> lag,
        Map<String, ProcessSample> processes,
        @Nullable Double machineCpuPercent,
        @Nullable Double machineMemoryPercent,
        @Nullable Double logMib) {

    /** Nothing is known. */
    public static final SystemSample NONE = new SystemSample(Map.of(), Map.of(), null, null, null);
}
