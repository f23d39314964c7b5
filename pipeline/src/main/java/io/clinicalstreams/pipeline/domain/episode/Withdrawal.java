package io.clinicalstreams.pipeline.domain.episode;

import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.VersionOrder;
import java.time.LocalDate;

/**
 * A withdrawn Observation. It is remembered so that an earlier version of it that comes later has no effect.
 *
 * @param digest of its identity
 * @param day of the input that withdrew it
 * @param version the withdrawing one
 */
public record Withdrawal(long digest, LocalDate day, VersionOrder version) {

    public static Withdrawal of(ObservationIdentity identity, LocalDate day, VersionOrder version) {
        return new Withdrawal(identity.digest(), day, version);
    }
}
