package io.clinicalstreams.loadgen.replay;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shift of each patient's history that makes its last entry now. Whole seconds, so that fractions stay as written.
 * Keeps one number per patient.
 */
final class TimeShift {

    private final long now;
    private final Map<String, Long> lastSeconds = new HashMap<>();

    TimeShift(Instant now) {
        this.now = now.getEpochSecond();
    }

    /** Notes an event of the patient. */
    void saw(String patientKey, long second) {
        if (second != ResourceFacts.NEVER) {
            lastSeconds.merge(identity(patientKey), second, Math::max);
        }
    }

    /** The shift in seconds, or null for a patient without events. */
    @Nullable
    Long of(String patientKey) {
        Long last = lastSeconds.get(identity(patientKey));
        return last == null ? null : now - last;
    }

    /**
     * The common shift of several patients: the smallest, so that no history ends up in the future. Null when none
     * shifts.
     */
    @Nullable
    Long of(Collection<String> patientKeys) {
        Long least = null;
        for (String key : patientKeys) {
            Long shift = of(key);
            if (shift != null && (least == null || shift < least)) {
                least = shift;
            }
        }
        return least;
    }

    /** {@code urn:uuid:1} and {@code Patient/1} are the same patient in files exported from Bundles. */
    private static String identity(String patientKey) {
        if (patientKey.startsWith("urn:uuid:")) {
            return patientKey.substring("urn:uuid:".length());
        }
        return patientKey.startsWith("Patient/") ? patientKey.substring("Patient/".length()) : patientKey;
    }
}
