package io.clinicalstreams.topics.wire;

import org.jspecify.annotations.Nullable;

/**
 * The patient that a resource is about, or why the patient is unknown.
 *
 * @param key null when there is a problem
 * @param text the reference to use in resources written about this patient
 * @param written the {@code Reference.reference} that names this patient outside the Bundle, when the resource's own
 *     does not, or is missing; null when it stays as received
 */
public record PatientReference(
        @Nullable PatientKey key,
        String text,
        @Nullable Reason problem,
        @Nullable String written) {

    /** A patient whose reference stays as received. */
    public static PatientReference of(String key, String text) {
        return new PatientReference(new PatientKey(key), text, null, null);
    }

    /** The Patient of an entry, by its name. */
    static PatientReference of(BundleTargets.Target entry, String name) {
        return new PatientReference(new PatientKey(name), name, null, entry.reference());
    }

    /** The same, and the resource's own reference stays as received although it leads nowhere. */
    PatientReference beside(@Nullable String received) {
        return written == null ? new PatientReference(key, text, problem, received) : this;
    }

    static PatientReference unknown(Reason problem) {
        return new PatientReference(null, "", problem, null);
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
