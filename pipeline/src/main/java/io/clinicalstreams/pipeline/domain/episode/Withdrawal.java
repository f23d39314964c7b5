package io.clinicalstreams.pipeline.domain.episode;

import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.VersionOrder;
import java.time.LocalDate;

/**
 * An Observation that was withdrawn, or whose later version has no usable result. It is remembered so that an earlier
 * version of it that comes later has no effect.
 *
 * @param digest of its identity
 * @param day of the input with that version
 * @param version the withdrawing or later one
 */
public record Withdrawal(long digest, LocalDate day, VersionOrder version) {

    public static Withdrawal of(ObservationIdentity identity, LocalDate day, VersionOrder version) {
        return new Withdrawal(identity.digest(), day, version);
    }

    /** False if its later version only has no usable result. */
    public boolean isWithdrawn() {
        return version.status().isWithdrawn();
    }
}
