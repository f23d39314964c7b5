package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.Encounter;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.WrittenTime;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.Reason;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The result of reading a resource. */
public sealed interface Finding {

    /** A function for each case. A new case does not compile until every caller handles it. */
    record Answers<R>(
            Function<Routed, R> routed,
            Function<Catalogued, R> catalogued,
            Function<Ignored, R> ignored,
            Function<Rejected, R> rejected) {}

    /** Applies the function for this case. */
    <R> R answer(Answers<R> answers);

    /** The same with the time of its report, for an Observation without one of its own. */
    default Finding datedBy(WrittenTime report) {
        return this;
    }

    /**
     * Valid, about a patient, with an output topic for its type.
     *
     * @param observation the content of an Observation at {@link Depth#CLINICAL}; null otherwise
     * @param encounter the content of an Encounter at that depth, if it says whether the patient is there; null otherwise
     */
    record Routed(
            RoutedType type,
            PatientKey patient,
            @Nullable Observation observation,
            @Nullable Encounter encounter) implements Finding {

        /** Without the content of an Encounter. */
        public Routed(RoutedType type, PatientKey patient, @Nullable Observation observation) {
            this(type, patient, observation, null);
        }

        @Override
        public Routed datedBy(WrittenTime report) {
            return observation == null ? this : new Routed(type, patient, observation.datedBy(report));
        }

        @Override
        public <R> R answer(Answers<R> answers) {
            return answers.routed().apply(this);
        }
    }

    /**
     * Valid, about a product, with an output topic for its type.
     *
     * @param code the product's first code, prefixed with its system unless that is RxNorm
     */
    record Catalogued(RoutedType type, String code) implements Finding {

        private static final String OWNER = "formulary/";

        /** Its key in a topic that also contains other owners' products. */
        public String key() {
            return OWNER + code;
        }

        @Override
        public <R> R answer(Answers<R> answers) {
            return answers.catalogued().apply(this);
        }
    }

    /**
     * Readable, but not recorded in any topic.
     *
     * @param reason the resource type, {@code EntryWithoutResource} or {@code EmptyBundle}
     * @param patient the key of a Patient; null if nothing names it, and for other types
     * @param content of a Patient at {@link Depth#CLINICAL}; null otherwise
     */
    record Ignored(
            String reason,
            @Nullable PatientKey patient,
            @Nullable Patient content) implements Finding {

        public static Ignored because(String reason) {
            return new Ignored(reason, null, null);
        }

        /** The same Patient, under the key that its entry names. */
        public Ignored under(PatientKey named) {
            return new Ignored(reason, named, content);
        }

        @Override
        public <R> R answer(Answers<R> answers) {
            return answers.ignored().apply(this);
        }
    }

    /** Rejected to quarantine. */
    record Rejected(Reason reason) implements Finding {

        @Override
        public <R> R answer(Answers<R> answers) {
            return answers.rejected().apply(this);
        }
    }
}
