package io.clinicalstreams.trial;

import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an Observation in a file counts as received. A file has no log time, so each counts as received when it was
 * known: at the later of its effective and issued time.
 *
 * @param now what is dated later counts as received now, and is then from the future
 */
record ReceivedTimes(Instant now) {

    /** More than a day or a period of measuring. A month or a year counts from its start. */
    private static final Duration VAGUE = Duration.ofDays(27);

    /** Null if it is not dated. */
    @Nullable
    Instant of(Observation observation) {
        Instant effective = known(observation.effective());
        Instant issued = observation.issued();
        Instant later = effective == null || (issued != null && issued.isAfter(effective)) ? issued : effective;
        return later == null || later.isBefore(now) ? later : now;
    }

    private static @Nullable Instant known(@Nullable WrittenTime effective) {
        if (effective == null) {
            return null;
        }
        return effective.first().plus(VAGUE).isBefore(effective.last()) ? effective.first() : effective.last();
    }
}
