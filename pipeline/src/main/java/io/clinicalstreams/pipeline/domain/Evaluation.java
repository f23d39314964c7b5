package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of evaluating one Observation.
 *
 * @param state the patient's state afterwards; the same object when nothing changed
 * @param alerts one for each transition, in order
 * @param notEvaluated at most one for each measurement
 * @param suppressed one for each rule that sent no alert for a reading of its episode
 * @param merges what became of the patient's link to another
 * @param forward what goes on to another patient; null if nothing does
 */
public record Evaluation(
        PatientState state,
        List<Alert> alerts,
        List<Unevaluated> notEvaluated,
        List<Suppressed> suppressed,
        List<MergeEvent> merges,
        @Nullable Forward forward) {

    public Evaluation {
        alerts = List.copyOf(alerts);
        notEvaluated = List.copyOf(notEvaluated);
        suppressed = List.copyOf(suppressed);
        merges = List.copyOf(merges);
    }
}
