package io.clinicalstreams.verifier.classify;

import org.jspecify.annotations.Nullable;

/**
 * What a resource's content says of its fate, before its key and size are looked at.
 *
 * @param destination where it belongs when it is of a type that is recorded
 * @param ignoredAs why it is ignored when it is of another known type
 * @param subject whom it is about; a Patient is about itself. Null where that does not matter.
 * @param catalogueCode of a MedicationKnowledge
 * @param defects what is wrong with it; when they demand rejection, nothing else counts
 */
record Classification(
        @Nullable RecordedType destination,
        @Nullable String ignoredAs,
        @Nullable SubjectOutcome subject,
        @Nullable String catalogueCode,
        Defects defects) {

    static Classification rejected(Defects defects) {
        return new Classification(null, null, null, null, defects);
    }

    static Classification ignored(String reason, Defects defects) {
        return new Classification(null, reason, null, null, defects);
    }

    /** Hides the patient: this may end up in a log. */
    @Override
    public String toString() {
        return "Classification[hidden]";
    }
}
