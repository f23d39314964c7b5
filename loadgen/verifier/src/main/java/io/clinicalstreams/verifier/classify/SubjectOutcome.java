package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;

/**
 * A resource's patient, or why it cannot be determined.
 *
 * @param key the patient key; empty when there is none
 * @param certain false when there is no key
 * @param defects why there is no key
 */
record SubjectOutcome(String key, boolean certain, Defects defects) {

    static SubjectOutcome of(String key) {
        return new SubjectOutcome(key, true, new Defects());
    }

    static SubjectOutcome none(Reason reason, Reason... alternatives) {
        Defects defects = new Defects();
        defects.must(reason, alternatives);
        return new SubjectOutcome("", false, defects);
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "Subject[hidden]";
    }
}
