package io.clinicalstreams.pipeline.domain.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a FHIR R4 Encounter that the alerting lane uses.
 *
 * @param id its id on our own server, its full URL on another one
 * @param admits whether its class is a stay in hospital: IMP, ACUTE, NONAC, SS, EMER or OBSENC
 * @param present whether its status says that the patient is there: arrived, triaged or in-progress
 * @param versionId meta.versionId; null if it is not a whole number
 * @param lastUpdated meta.lastUpdated
 * @param generated true if marked as test data (meta.security HTEST)
 */
public record Encounter(
        String id,
        boolean admits,
        boolean present,
        @Nullable Long versionId,
        @Nullable Instant lastUpdated,
        boolean generated) {

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "Encounter[hidden]";
    }
}
