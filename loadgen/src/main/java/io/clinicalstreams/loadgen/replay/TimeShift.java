package io.clinicalstreams.loadgen.replay;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By how much each patient's history moves for its last entry to be now. Whole seconds, so that fractions stay as
 * written. One number a patient is kept.
 */
final class TimeShift {

    private final long now;
    private final Map<String, Long> lastSeconds = new HashMap<>();

    TimeShift(Instant now) {
        this.now = now.getEpochSecond();
    }

    /** An event of the patient. */
    void saw(String patientKey, long second) {
        if (second != ResourceFacts.NEVER) {
            lastSeconds.merge(identity(patientKey), second, Math::max);
        }
    }

    /** Seconds to move, or null for a patient without events. */
    @Nullable
    Long of(String patientKey) {
        Long last = lastSeconds.get(identity(patientKey));
        return last == null ? null : now - last;
    }

    /** What moves several patients together: the least, so that no patient gets into the future. Null when none moves. */
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

    /** {@code urn:uuid:1} and {@code Patient/1} are one in files that an export took out of Bundles. */
    private static String identity(String patientKey) {
        if (patientKey.startsWith("urn:uuid:")) {
            return patientKey.substring("urn:uuid:".length());
        }
        return patientKey.startsWith("Patient/") ? patientKey.substring("Patient/".length()) : patientKey;
    }
}
