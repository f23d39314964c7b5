package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;

/**
 * A resource's patient, or why it cannot be determined.
 *
 * @param key the patient key; empty when there is none
 * @param text the reference to the patient as its resource writes it, but valid outside its Bundle; an identifier as
 *     {@code system|value}
 * @param certain false when there is no key
 * @param defects why there is no key
 */
record SubjectOutcome(String key, String text, boolean certain, Defects defects) {

    static SubjectOutcome of(String key) {
        return new SubjectOutcome(key, key, true, new Defects());
    }

    /** The same patient, as written in this way. */
    SubjectOutcome writtenAs(String reference) {
        return new SubjectOutcome(key, reference, certain, defects);
    }

    static SubjectOutcome none(Reason reason, Reason... alternatives) {
        Defects defects = new Defects();
        defects.must(reason, alternatives);
        return new SubjectOutcome("", "", false, defects);
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "Subject[hidden]";
    }
}
