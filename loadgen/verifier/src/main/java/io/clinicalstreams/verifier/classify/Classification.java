package io.clinicalstreams.verifier.classify;

import org.jspecify.annotations.Nullable;

/**
 * The expected outcome by a resource's content, before its key and size are checked.
 *
 * @param destination its topic when its type is recorded
 * @param ignoredAs why it is ignored when its type is known but not recorded
 * @param subject its patient; a Patient is its own subject. Null when irrelevant.
 * @param replacedBy the Patient that replaces a Patient; null when none does
 * @param catalogueCode code of a MedicationKnowledge
 * @param defects its defects; when they require rejection, nothing else counts
 */
record Classification(
        @Nullable RecordedType destination,
        @Nullable String ignoredAs,
        @Nullable SubjectOutcome subject,
        @Nullable SubjectOutcome replacedBy,
        @Nullable String catalogueCode,
        Defects defects) {

    static Classification rejected(Defects defects) {
        return new Classification(null, null, null, null, null, defects);
    }

    static Classification ignored(String reason, Defects defects) {
        return new Classification(null, reason, null, null, null, defects);
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "Classification[hidden]";
    }
}
