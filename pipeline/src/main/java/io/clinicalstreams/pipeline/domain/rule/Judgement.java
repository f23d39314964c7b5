package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says about one reading: an assessment, or why there is none.
 *
 * @param state the patient's state with what the rule remembers of the reading
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
