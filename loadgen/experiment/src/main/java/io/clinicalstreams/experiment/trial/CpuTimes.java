package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time of this process and of the brokers' processes at one moment. The system counts it in hundredths of a second.
 *
 * @param nanos monotonic
 */
record CpuTimes(long nanos, Duration client, Duration brokers) {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    /** @param brokers the ids of their processes */
    static CpuTimes untilNow(List<Long> brokers) {
        Duration sum = Duration.ZERO;
        for (long pid : brokers) {
            sum = sum.plus(ProcessHandle.of(pid)
                    .map(CpuTimes::of)
                    .orElseThrow(() -> new CommandException(ExitCode.FAILURE, "a broker has ended, process " + pid)));
        }
        return new CpuTimes(System.nanoTime(), of(ProcessHandle.current()), sum);
    }

    /** The figures of the records that were processed since the start. */
    Map<Metric, Double> perRecordSince(CpuTimes start, long records) {
        double ofClient = client.minus(start.client).toNanos() / NANOS_PER_MICRO / records;
        double ofBrokers = brokers.minus(start.brokers).toNanos() / NANOS_PER_MICRO / records;
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.CPU_PER_RECORD, ofClient + ofBrokers);
        figures.put(Metric.CLIENT_CPU_PER_RECORD, ofClient);
        figures.put(Metric.BROKER_CPU_PER_RECORD, ofBrokers);
        figures.put(Metric.RECORDS_PER_SECOND, records / ((nanos - start.nanos) / NANOS_PER_SECOND));
        return figures;
    }

    private static Duration of(ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new CommandException(
                        ExitCode.FAILURE, "this system does not report the CPU time of process " + process.pid()));
    }
}
