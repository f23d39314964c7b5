package io.clinicalstreams.loadgen.result;

import org.jspecify.annotations.Nullable;

/**
 * One process in one second. Null: not reported, because it is no JVM of this user, or no Linux.
 *
 * @param cpuCores CPU seconds used per second
 * @param residentMib memory in RAM
 * @param heapMib used heap, garbage included
 * @param gcPauseMillis how long the JVM stood still for its garbage collector
 * @param inMib per second: what a broker received from producers, or what a client's consumers received
 * @param outMib per second: what a broker sent to consumers, or what a client's producers sent
 */
public record ProcessSample(
        double cpuCores,
        @Nullable Double residentMib,
        @Nullable Double heapMib,
        @Nullable Double gcPauseMillis,
        @Nullable Double inMib,
        @Nullable Double outMib) {}
