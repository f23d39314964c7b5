package io.clinicalstreams.loadgen.result;

import io.clinicalstreams.loadgen.measure.Latencies;
import java.util.Map;

/**
 * A run in one second, more or less.
 *
 * @param second its end, from the first record, warm-up included
 * @param sent records, since the start
 * @param confirmed records, since the start
 * @param latencyMillis of the outcomes that were seen in this second, by outcome; not in the warm-up
 */
public record RunSample(
        double second, long sent, long confirmed, Map<String, Latencies> latencyMillis, SystemSample system) {}
