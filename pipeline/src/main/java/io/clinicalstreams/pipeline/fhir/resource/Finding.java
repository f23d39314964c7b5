package io.clinicalstreams.pipeline.fhir.resource;

import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.Reason;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a resource turned out to be. */
public sealed interface Finding {

    /** An answer for each case. A new case does not compile until every caller answers it. */
    record Answers<R>(
            Function<Routed, R> routed,
            Function<Catalogued, R> catalogued,
            Function<Ignored, R> ignored,
            Function<Rejected, R> rejected) {}

    /** The answer for the case that this is. */
    <R> R answer(Answers<R> answers);

    /**
     * Valid, about a patient, and of a type that has a topic.
     *
     * @param observation the content of an Observation at {@link Depth#CLINICAL}; null otherwise
     */
    record Routed(
            RoutedType type, PatientKey patient, @Nullable Observation observation) implements Finding {

        @Override
        public <R> R answer(Answers<R> answers) {
            return answers.routed().apply(this);
        }
    }

    /**
     * Valid, about a product, and of a type that has a topic.
     *
     * @param code the product's first code, with its system unless that is RxNorm
     */
    record Catalogued(RoutedType type, String code) implements Finding {

        private static final String OWNER = "formulary/";

        /** What keys it in its topic, where other owners have products too. */
        public String key() {
            return OWNER + code;
        }

        @Override
        public <R> R answer(Answers<R> answers) {
            return answers.catalogued().apply(this);
        }
    }

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

        @Override
        public <R> R answer(Answers<R> answers) {
            return answers.ignored().apply(this);
        }
    }

    /** Not taken, for one reason. */
    record Rejected(Reason reason) implements Finding {

        @Override
        public <R> R answer(Answers<R> answers) {
            return answers.rejected().apply(this);
        }
    }
}
