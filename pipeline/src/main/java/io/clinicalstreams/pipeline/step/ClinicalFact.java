package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.Evaluation;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/** Something the alerting lane learned about one patient from one rightly keyed input resource. */
public sealed interface ClinicalFact {

    /** Where the resource stood first. */
    Coordinates origin();

    /** Headers for whatever this fact causes. */
    Headers headers();

    /** Whether rules judge it, so that it counts as evaluated. */
    boolean isJudged();

    /** What it means for its patient. */
    Evaluation evaluate(Evaluator evaluator, PatientState before, PatientKey patient, RuleBook rules);

    /** @param receivedAt when the first topic took it: the input's time, by which rules decide */
    record Observed(Observation observation, Instant receivedAt, Coordinates origin, Headers headers)
            implements ClinicalFact {

        @Override
        public boolean isJudged() {
            return true;
        }

        @Override
        public Evaluation evaluate(Evaluator evaluator, PatientState before, PatientKey patient, RuleBook rules) {
            return evaluator.evaluate(before, patient, observation, receivedAt, origin.toString(), rules);
        }
    }

    record Introduced(Patient patient, Coordinates origin, Headers headers) implements ClinicalFact {

        @Override
        public boolean isJudged() {
            return false;
        }

        @Override
        public Evaluation evaluate(Evaluator evaluator, PatientState before, PatientKey who, RuleBook rules) {
            return new Evaluation(evaluator.learn(before, patient), List.of(), List.of(), List.of());
        }
    }
}
