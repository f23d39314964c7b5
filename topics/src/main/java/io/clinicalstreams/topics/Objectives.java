package io.clinicalstreams.topics;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireAtLeast;
import static io.clinicalstreams.topics.problem.Checks.requirePositive;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The objectives of a profile; an objective that does not apply to its topics is null.
 *
 * @param alertP99 99th percentile of the time from the intended send to the alert
 * @param recordedPerSecond records that one stream thread of a lane processes per second, however many threads and
 *     instances an environment has
 * @param freshness time from a change of reference data until the lanes use it
 * @param maximumLag how far a reader may lag behind, in time
 * @param silence the longest time without a new record that is normal
 */
public record Objectives(
        @Nullable Duration alertP99,
        @Nullable Long recordedPerSecond,
        @Nullable Duration freshness,
        @Nullable Duration maximumLag,
        @Nullable Duration silence) {

    public Objectives {
        all(
                () -> requirePositive("alert-p99", alertP99),
                () -> requirePositive("freshness", freshness),
                () -> requirePositive("maximum-lag", maximumLag),
                () -> requirePositive("silence", silence),
                () -> requireAtLeast("recorded-per-second", 1, recordedPerSecond));
        if (alertP99 == null
                && recordedPerSecond == null
                && freshness == null
                && maximumLag == null
                && silence == null) {
            throw new IllegalArgumentException("must name at least one objective");
        }
    }
}
