package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.Observation;
import io.clinicalstreams.pipeline.domain.Patient;
import io.clinicalstreams.pipeline.domain.PatientKey;
import io.clinicalstreams.pipeline.domain.Reason;
import org.jspecify.annotations.Nullable;

/** What a resource turned out to be. */
public sealed interface Finding {

    /**
     * Valid, and of a type that has a topic.
     *
     * @param patient whom it is about; null for MedicationKnowledge
     * @param catalogueCode the product of a MedicationKnowledge: its first code, with its system unless that is RxNorm;
     *     null for the other types
     * @param observation the content of an Observation at {@link Depth#CLINICAL}; null otherwise
     */
    record Routed(
            RoutedType type,
            @Nullable PatientKey patient,
            @Nullable String catalogueCode,
            @Nullable Observation observation)
            implements Finding {}

    /**
     * Readable, and of no interest to any topic.
     *
     * @param reason the resource type, {@code EntryWithoutResource} or {@code EmptyBundle}
     * @param patient who a Patient is; null when it has no usable id, and for other types
     * @param content of a Patient at {@link Depth#CLINICAL}; null otherwise
     */
    record Ignored(
            String reason,
            @Nullable PatientKey patient,
            @Nullable Patient content) implements Finding {

        public static Ignored because(String reason) {
            return new Ignored(reason, null, null);
        }
    }

    /** Not taken, for one reason. */
    record Rejected(Reason reason) implements Finding {}
}
