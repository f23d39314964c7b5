package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A resource's patient, or why it cannot be determined.
 *
 * @param key the patient key; empty when there is none
 * @param text the reference to the patient as its resource writes it, but valid outside its Bundle; an identifier as
 *     {@code system|value}
 * @param written the reference that must be in the recorded resource, if that of its Bundle does not name the patient
 *     outside; null otherwise
 * @param certain false when there is no key
 * @param defects why there is no key
 */
record SubjectOutcome(String key, String text, @Nullable String written, boolean certain, Defects defects) {

    static SubjectOutcome of(String key) {
        return new SubjectOutcome(key, key, null, true, new Defects());
    }

    /** The same patient, as written in this way. */
    SubjectOutcome writtenAs(String reference) {
        return new SubjectOutcome(key, reference, written, certain, defects);
    }

    /** The same patient, by this reference in the recorded resource. */
    SubjectOutcome recordedAs(@Nullable String reference) {
        return new SubjectOutcome(key, text, reference, certain, defects);
    }

    static SubjectOutcome none(Reason reason, Reason... alternatives) {
        Defects defects = new Defects();
        defects.must(reason, alternatives);
        return new SubjectOutcome("", "", null, false, defects);
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "Subject[hidden]";
    }
}
