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
import org.apache.kafka.common.header.Headers;

/** What the alerting lane reads about one patient from one correctly keyed input resource. */
public sealed interface ClinicalFact {

    /** The resource's original coordinates. */
    Coordinates origin();

    /** Headers for outputs caused by this fact. */
    Headers headers();

    /** Whether rules evaluate it, so that it is counted as evaluated. */
    boolean isJudged();

    /** Evaluates it for its patient. */
    Evaluation evaluate(Evaluator evaluator, PatientState before, PatientKey patient, RuleBook rules);

    /** @param receivedAt its timestamp in the first topic: the input time that rules use */
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

    record Introduced(Patient patient, Instant receivedAt, Coordinates origin, Headers headers)
            implements ClinicalFact {

        @Override
        public boolean isJudged() {
            return false;
        }

        @Override
        public Evaluation evaluate(Evaluator evaluator, PatientState before, PatientKey who, RuleBook rules) {
            return evaluator.learn(before, who, patient, receivedAt, rules);
        }
    }
}
