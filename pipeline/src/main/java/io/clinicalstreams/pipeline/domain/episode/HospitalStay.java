package io.clinicalstreams.pipeline.domain.episode;

import io.clinicalstreams.pipeline.domain.observation.Encounter;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A patient's stay by one Encounter.
 *
 * @param id of the Encounter, its URL on another server
 * @param admission id of the Encounter by which the patient came: another one if that stay went over into this one
 * @param since input time of the admission; of the end if the patient is not present any more
 * @param versionId of the Encounter; null if it is not a whole number
 * @param lastUpdated of the Encounter
 */
public record HospitalStay(
        String id,
        String admission,
        Instant since,
        boolean present,
        boolean generated,
        @Nullable Long versionId,
        @Nullable Instant lastUpdated) {

    /** Whether an Encounter is an earlier version of this one. What neither number nor time decides, arrival does. */
    boolean isAfter(Encounter other) {
        return isAfter(other.versionId(), other.lastUpdated());
    }

    boolean isAfter(HospitalStay other) {
        return isAfter(other.versionId, other.lastUpdated);
    }

    private boolean isAfter(@Nullable Long otherId, @Nullable Instant otherUpdated) {
        if (versionId != null && otherId != null && !versionId.equals(otherId)) {
            return versionId > otherId;
        }
        return lastUpdated != null && otherUpdated != null && lastUpdated.isAfter(otherUpdated);
    }

    /** To the Encounter by which the patient came. */
    public String reference() {
        return admission.indexOf(':') < 0 ? "Encounter/" + admission : admission;
    }

    /** As what an alert names when nothing was measured since. */
    public Evidence evidence() {
        return new Evidence(new ObservationIdentity(ObservationIdentity.Kind.ENCOUNTER, reference()), null, since);
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "HospitalStay[hidden]";
    }
}
