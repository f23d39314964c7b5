package io.clinicalstreams.topics.wire;

import org.jspecify.annotations.Nullable;

/**
 * Whom a resource is about, or why that cannot be said.
 *
 * @param key null when there is a problem
 * @param text the reference to repeat in what is written about this patient
 */
public record PatientReference(
        @Nullable PatientKey key, String text, @Nullable Reason problem) {

    static PatientReference of(String key, String text) {
        return new PatientReference(new PatientKey(key), text, null);
    }

    static PatientReference unknown(Reason problem) {
        return new PatientReference(null, "", problem);
    }

    /** The key, where there is no problem. */
    public static PatientKey keyOf(@Nullable PatientReference known) {
        if (known == null || known.key == null) {
            throw new IllegalArgumentException("the patient is not known");
        }
        return known.key;
    }

    /** Hides whom it names. */
    @Override
    public String toString() {
        return "PatientReference[hidden]";
    }
}
