package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.Evaluation;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Encounter;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.pipeline.fhir.resource.RoutedType;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.Heartbeat;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.ResourceTypeNames;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/** What the alerting lane reads about one patient from one correctly keyed input resource. */
public sealed interface ClinicalFact {

    /** The resource's original coordinates. */
    Coordinates origin();

    /** Headers for outputs caused by this fact. */
    Headers headers();

    /** When the input arrived. */
    Instant receivedAt();

    /** Whether rules evaluate it, so that it is counted as evaluated. */
    default boolean isJudged() {
        return false;
    }

    /** FHIR's name of its resource type. */
    String resourceType();

    /** When it was true. */
    default Instant time() {
        return receivedAt();
    }

    /** Of the resource. */
    String identity();

    /** Among the versions of a resource. */
    default int rank() {
        return 0;
    }

    /** The fact that a resource is; empty if rules read nothing of it. */
    static Optional<ClinicalFact> of(Finding finding, Instant receivedAt, Coordinates origin, Headers headers) {
        return finding.answer(new Finding.Answers<>(
                routed -> {
                    Observation observation = routed.observation();
                    return observation != null
                            ? Optional.of(new Observed(observation, receivedAt, origin, headers))
                            : Optional.ofNullable(routed.encounter())
                                    .map(encounter -> new Admitted(encounter, receivedAt, origin, headers));
                },
                catalogued -> Optional.empty(),
                ignored -> Optional.ofNullable(ignored.content())
                        .map(patient -> new Introduced(patient, receivedAt, origin, headers)),
                rejected -> Optional.empty()));
    }

    /**
     * The facts of one record in the order in which they are evaluated, which does not depend on the order of its
     * entries: patients first, then readings by clinical time; versions of one Observation follow each other.
     */
    static List<ClinicalFact> inOrder(List<ClinicalFact> facts) {
        if (facts.size() < 2) {
            return facts;
        }
        Map<String, Instant> first = new HashMap<>();
        for (ClinicalFact fact : facts) {
            first.merge(fact.identity(), fact.time(), (one, other) -> other.isBefore(one) ? other : one);
        }
        return facts.stream()
                .sorted(Comparator.comparing(ClinicalFact::isJudged)
                        .thenComparing(fact -> Objects.requireNonNull(first.get(fact.identity())))
                        .thenComparing(ClinicalFact::identity)
                        .thenComparingInt(ClinicalFact::rank)
                        .thenComparing(ClinicalFact::time))
                .toList();
    }

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
        public String resourceType() {
            return RoutedType.OBSERVATION.resourceType();
        }

        @Override
        public Instant time() {
            return Objects.requireNonNullElse(observation.clinicalTime(receivedAt), receivedAt);
        }

        @Override
        public String identity() {
            return ObservationIdentity.of(observation, origin.toString()).text();
        }

        @Override
        public int rank() {
            return observation.status().rank();
        }

        @Override
        public Evaluation evaluate(Evaluator evaluator, PatientState before, PatientKey patient, RuleBook rules) {
            return evaluator.evaluate(before, patient, observation, receivedAt, origin.toString(), rules);
        }
    }

    record Introduced(Patient patient, Instant receivedAt, Coordinates origin, Headers headers)
            implements ClinicalFact {

        @Override
        public String resourceType() {
            return ResourceTypeNames.PATIENT;
        }

        /** Of several of one patient, the one with the latest birth date comes last. */
        @Override
        public String identity() {
            return patient.birthDate() == null ? "" : patient.birthDate().toString();
        }

        @Override
        public Evaluation evaluate(Evaluator evaluator, PatientState before, PatientKey who, RuleBook rules) {
            return evaluator.learn(before, who, patient, receivedAt, rules);
        }
    }

    record Admitted(Encounter encounter, Instant receivedAt, Coordinates origin, Headers headers)
            implements ClinicalFact {

        @Override
        public String resourceType() {
            return RoutedType.ENCOUNTER.resourceType();
        }

        @Override
        public String identity() {
            return resourceType() + '/' + encounter.id();
        }

        /** Of several versions in one record, the one with the highest number comes last. */
        @Override
        public int rank() {
            Long version = encounter.versionId();
            return version == null ? 0 : (int) Math.min(version, Integer.MAX_VALUE);
        }

        @Override
        public Evaluation evaluate(Evaluator evaluator, PatientState before, PatientKey patient, RuleBook rules) {
            return evaluator.admit(before, patient, encounter, receivedAt, rules);
        }
    }

    /** @param gateway {@code Device/ID} */
    record HeardOf(String gateway, Instant receivedAt, Coordinates origin, Headers headers) implements ClinicalFact {

        @Override
        public String resourceType() {
            return Heartbeat.RESOURCE_TYPE;
        }

        @Override
        public String identity() {
            return gateway;
        }

        @Override
        public Evaluation evaluate(Evaluator evaluator, PatientState before, PatientKey key, RuleBook rules) {
            Observation sign = Observation.heartbeat(gateway, receivedAt);
            return evaluator.evaluate(before, key, sign, receivedAt, origin.toString(), rules);
        }
    }
}
