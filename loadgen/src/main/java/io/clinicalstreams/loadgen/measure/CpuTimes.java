package io.clinicalstreams.loadgen.measure;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A moment, and the CPU time that processes have used until then. The system counts it in hundredths of a second.
 *
 * @param nanos monotonic
 * @param cpu of all threads, garbage collection and compilation included
 */
public record CpuTimes(long nanos, Duration cpu) {

    private static final double NANOS_PER_SECOND = 1e9;

    public static CpuTimes ofThisProcess() {
        return of(List.of(ProcessHandle.current().pid()));
    }

    /**
     * The sum of several processes.
     *
     * @param processes their ids
     * @throws CommandException if one has ended
     */
    public static CpuTimes of(List<Long> processes) {
        Duration sum = Duration.ZERO;
        for (long pid : processes) {
            sum = sum.plus(find(pid)
                    .orElseThrow(() -> new CommandException(
                            ExitCode.FAILURE,
                            "process " + pid + " has ended, or this system does not report its CPU time"))
                    .cpu());
        }
        return new CpuTimes(System.nanoTime(), sum);
    }

    /** Empty if it has ended, or if this system does not report its CPU time. */
    public static Optional<CpuTimes> find(long process) {
        return ProcessHandle.of(process)
                .flatMap(found -> found.info().totalCpuDuration())
                .map(cpu -> new CpuTimes(System.nanoTime(), cpu));
    }

    public double secondsSince(CpuTimes start) {
        return (nanos - start.nanos) / NANOS_PER_SECOND;
    }

    public double cpuSecondsSince(CpuTimes start) {
        return cpu.minus(start.cpu).toNanos() / NANOS_PER_SECOND;
    }
}
