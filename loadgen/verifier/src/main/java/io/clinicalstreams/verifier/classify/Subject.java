package io.clinicalstreams.verifier.classify;

import io.clinicalstreams.topics.wire.Reason;

/**
 * Whom a resource is about, or why that cannot be said.
 *
 * @param key the patient key; empty when there is none
 * @param certain false when there is no key
 * @param defects why there is no key
 */
record Subject(String key, boolean certain, Defects defects) {

    static Subject of(String key) {
        return new Subject(key, true, new Defects());
    }

    static Subject none(Reason reason, Reason... orAsWell) {
        Defects defects = new Defects();
        defects.must(reason, orAsWell);
        return new Subject("", false, defects);
    }

    /** Hides the patient: this may end up in a log. */
    @Override
    public String toString() {
        return "Subject[hidden]";
    }
}
