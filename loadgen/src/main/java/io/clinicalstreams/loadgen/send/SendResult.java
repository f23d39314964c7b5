package io.clinicalstreams.loadgen.send;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How a run ended.
 *
 * @param records sent to Kafka
 * @param resources in them: the entries of Bundles that can be split, else one a record
 * @param acknowledged records that Kafka confirmed
 * @param failed records that Kafka did not take
 * @param refused records that were not sent because the topic would not take their size
 * @param late microseconds between the intended and the actual send of each record; empty when the run was not paced
 * @param seconds from the first record to the last acknowledgement
 * @param bytes of keys and values
 * @param problems one message each for the first failure and the first refusal; they name no content
 */
public record SendResult(
        long records,
        long resources,
        long acknowledged,
        long failed,
        long refused,
        Histogram late,
        double seconds,
        long bytes,
        List<String> problems) {

    /** Later than this is behind the schedule, and latencies then say more about the generator than about the system. */
    private static final long BEHIND_MICROS = 100_000;

    public SendResult {
        problems = List.copyOf(problems);
    }

    /** Whether everything that the source gave was confirmed. */
    public boolean isComplete() {
        return failed == 0 && refused == 0;
    }

    /** Whether 99 of 100 records were sent within a tenth of a second of their time. */
    public boolean keptSchedule() {
        return late.getTotalCount() == 0 || late.getValueAtPercentile(99) <= BEHIND_MICROS;
    }

    public double lateMillis(double percentile) {
        return late.getTotalCount() == 0 ? 0 : late.getValueAtPercentile(percentile) / 1_000.0;
    }

    public double lateMillisMax() {
        return late.getTotalCount() == 0 ? 0 : late.getMaxValue() / 1_000.0;
    }
}
