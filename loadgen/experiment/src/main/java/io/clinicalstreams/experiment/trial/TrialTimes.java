package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.loadgen.measure.CpuTimes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The CPU times of a trial's client, this process or those of a lane, and of its brokers at one moment. */
record TrialTimes(CpuTimes client, CpuTimes brokers) {

    private static final double MICROS_PER_SECOND = 1e6;

    /**
     * With this process as the client.
     *
     * @param brokers the ids of their processes
     */
    static TrialTimes untilNow(List<Long> brokers) {
        return new TrialTimes(CpuTimes.ofThisProcess(), CpuTimes.of(brokers));
    }

    /** @param lane the ids of its processes */
    static TrialTimes untilNow(List<Long> lane, List<Long> brokers) {
        return new TrialTimes(CpuTimes.of(lane), CpuTimes.of(brokers));
    }

    Duration since(TrialTimes earlier) {
        return Duration.ofNanos(brokers.nanos() - earlier.brokers.nanos());
    }

    /** The figures of the records that were processed since the start. */
    Map<Metric, Double> perRecordSince(TrialTimes start, long records) {
        double ofClient = client.cpuSecondsSince(start.client) * MICROS_PER_SECOND / records;
        double ofBrokers = brokers.cpuSecondsSince(start.brokers) * MICROS_PER_SECOND / records;
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.CPU_PER_RECORD, ofClient + ofBrokers);
        figures.put(Metric.CLIENT_CPU_PER_RECORD, ofClient);
        figures.put(Metric.BROKER_CPU_PER_RECORD, ofBrokers);
        figures.put(Metric.RECORDS_PER_SECOND, records / brokers.secondsSince(start.brokers));
        return figures;
    }
}
