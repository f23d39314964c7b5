package io.clinicalstreams.topics.wire;

import org.jspecify.annotations.Nullable;

/**
 * The patient that a resource is about, or why the patient is unknown.
 *
 * @param key null when there is a problem
 * @param text the reference to use in resources written about this patient
 */
public record PatientReference(
        @Nullable PatientKey key, String text, @Nullable Reason problem) {

    static PatientReference of(String key, String text) {
        return new PatientReference(new PatientKey(key), text, null);
    }

    static PatientReference unknown(Reason problem) {
        return new PatientReference(null, "", problem);
    }

    /** The key of a known patient. */
    public static PatientKey keyOf(@Nullable PatientReference known) {
        if (known == null || known.key == null) {
            throw new IllegalArgumentException("the patient is not known");
        }
        return known.key;
    }

    /** Hides the patient: this may end up in a log. */
    @Override
    public String toString() {
        return "PatientReference[hidden]";
    }
}
