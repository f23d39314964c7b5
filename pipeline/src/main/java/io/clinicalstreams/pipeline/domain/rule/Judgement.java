package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import org.jspecify.annotations.Nullable;

/**
 * A rule's result for one reading: an assessment, or why there is none.
 *
 * @param state the patient's state, including what the rule remembers about the reading
 */
public record Judgement(
        PatientState state,
        @Nullable Assessment assessment,
        @Nullable NotEvaluated reason) {

    static Judgement of(PatientState state, Assessment assessment) {
        return new Judgement(state, assessment, null);
    }

    static Judgement none(PatientState state, NotEvaluated reason) {
        return new Judgement(state, null, reason);
    }
}
