package io.clinicalstreams.pipeline.domain.observation;

import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A version of a Patient, and whether it is a duplicate that another Patient replaces: FHIR's {@code link} of type {@code
 * replaced-by}.
 *
 * @param replacedBy the key of the other Patient; null if it is no duplicate
 * @param versionId of the Patient, if it is a whole number
 * @param lastUpdated of the Patient
 */
public record PatientLink(
        @Nullable PatientKey replacedBy,
        @Nullable Long versionId,
        @Nullable Instant lastUpdated) {

    /** A Patient of unknown version that is no duplicate. */
    public static final PatientLink NONE = new PatientLink(null, null, null);

    /** Whether it is from an earlier version than another one. If neither tells, the one that arrives last is the later. */
    public boolean isBefore(PatientLink other) {
        int order = VersionOrder.compared(versionId, other.versionId);
        return (order == 0 ? VersionOrder.compared(lastUpdated, other.lastUpdated) : order) < 0;
    }

    /** Whether it says nothing of links: a Patient in a laboratory's Bundle has neither links nor a version. */
    public boolean isSilentAfter(PatientLink before) {
        return replacedBy == null && !hasVersion() && before.hasVersion();
    }

    /** This version after another one, of which it keeps what it does not say of its version. */
    public PatientLink after(PatientLink before) {
        return new PatientLink(
                replacedBy,
                versionId == null ? before.versionId : versionId,
                lastUpdated == null ? before.lastUpdated : lastUpdated);
    }

    /** A text whose order is that of the versions. */
    public String inOrder() {
        String updated =
                lastUpdated == null ? "" : "%020d%09d".formatted(lastUpdated.getEpochSecond(), lastUpdated.getNano());
        return "%020d %s".formatted(Objects.requireNonNullElse(versionId, -1L), updated);
    }

    /** Whether an earlier version can be told from it. */
    public boolean hasVersion() {
        return versionId != null || lastUpdated != null;
    }

    /** The same version of the Patient without the link. */
    public PatientLink ended() {
        return new PatientLink(null, versionId, lastUpdated);
    }

    /** Hides the patient: this may end up in a log. */
    @Override
    public String toString() {
        return "PatientLink[hidden]";
    }
}
