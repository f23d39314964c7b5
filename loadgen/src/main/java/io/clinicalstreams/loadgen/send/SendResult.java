package io.clinicalstreams.loadgen.send;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The result of a run. Counts include the warm-up; times exclude it.
 *
 * @param records sent to Kafka
 * @param warmUp how many of them were sent during the warm-up
 * @param resources in them: the entries of Bundles that can be split, else one per record
 * @param acknowledged records that Kafka confirmed; none with {@code acks=0}
 * @param failed records that Kafka did not accept
 * @param refused records that were not sent because they exceed the topic's size limit
 * @param notSent records that were due and not sent, because the run was too far behind its schedule to catch up or
 *     ended early
 * @param late microseconds between the intended send of each record and the moment when the producer had taken it,
 *     including the time that it blocked; empty when the run was not paced
 * @param produce microseconds between the intended send of each record and Kafka's confirmation
 * @param seconds from the first record to the last acknowledgement
 * @param bytes of keys and values
 * @param problems one message each for the first failure and the first refusal, without record content
 */
public record SendResult(
        long records,
        long warmUp,
        long resources,
        long acknowledged,
        long failed,
        long refused,
        long notSent,
        Histogram late,
        Histogram produce,
        double seconds,
        long bytes,
        List<String> problems) {

    /** Beyond this the run is behind its schedule, and latencies are those of the generator rather than the system. */
    static final long BEHIND_MICROS = 100_000;

    public SendResult {
        problems = List.copyOf(problems);
    }

    /** Whether all records of the source were sent and confirmed. */
    public boolean isComplete() {
        return acknowledged == records && refused == 0;
    }

    /** Whether 99 of 100 records were sent within a tenth of a second of their time, and none was left unsent. */
    public boolean keptSchedule() {
        return notSent == 0 && (late.getTotalCount() == 0 || late.getValueAtPercentile(99) <= BEHIND_MICROS);
    }

    public double lateMillis(double percentile) {
        return late.getTotalCount() == 0 ? 0 : late.getValueAtPercentile(percentile) / 1_000.0;
    }

    public double lateMillisMax() {
        return late.getTotalCount() == 0 ? 0 : late.getMaxValue() / 1_000.0;
    }
}
