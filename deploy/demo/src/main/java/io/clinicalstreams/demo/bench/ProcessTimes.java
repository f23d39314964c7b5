package io.clinicalstreams.demo.bench;

import com.sun.management.OperatingSystemMXBean;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.lang.management.ManagementFactory;

/**
 * Elapsed time and CPU time of this process at one moment. The brokers are other processes and not included.
 *
 * @param nanos monotonic
 * @param cpuNanos of all threads, garbage collection and compilation included
 */
record ProcessTimes(long nanos, long cpuNanos) {

    private static final double NANOS_PER_SECOND = 1e9;

    static ProcessTimes untilNow() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            return new ProcessTimes(System.nanoTime(), system.getProcessCpuTime());
        }
        throw new CommandException(ExitCode.FAILURE, "this JVM does not report its CPU time");
    }

    double secondsSince(ProcessTimes start) {
        return (nanos - start.nanos) / NANOS_PER_SECOND;
    }

    double cpuSecondsSince(ProcessTimes start) {
        return (cpuNanos - start.cpuNanos) / NANOS_PER_SECOND;
    }
}
