package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.StateParameters;
import io.clinicalstreams.pipeline.domain.Evaluation;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.Hop;
import io.clinicalstreams.pipeline.domain.MergeEvent;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Encounter;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.pipeline.fhir.resource.RoutedType;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.Heartbeat;
import io.clinicalstreams.topics.wire.Merge;
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
import org.jspecify.annotations.Nullable;

/** What the alerting lane reads about one patient from one correctly keyed input resource. */
public sealed interface ClinicalFact {

    /** The resource's original coordinates. */
    Coordinates origin();

    /** Headers for outputs caused by this fact. */
    Headers headers();

    /** Whether rules evaluate it. */
    default boolean isJudged() {
        return false;
    }

    /** Its timestamp in the first topic: the input time that rules use. */
    Instant receivedAt();

    /** Whose input it is, and how it came here. */
    Forwarding forwarding();

    /** Whether its patient has too much for it to be evaluated within a transaction's time. */
    default boolean isTooMuchFor(PatientState before) {
        return false;
    }

    /** What must not be lost even if all of it cannot be evaluated or written; null if there is no such part. */
    default @Nullable ClinicalFact mostUrgent() {
        return null;
    }

    /** Counts it once, whatever it caused. */
    void count(Evaluation evaluation, AlertingCounters counters);

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

    /** The fact that a resource is, as far as its order goes; empty if rules read nothing of it. */
    static Optional<ClinicalFact> of(Finding finding, Instant receivedAt, Coordinates origin, Headers headers) {
        return finding.answer(new Finding.Answers<>(
                routed -> {
                    Observation observation = routed.observation();
                    return observation != null
                            ? Optional.of(new Observed(observation, receivedAt, origin, headers, Forwarding.NEVER))
                            : Optional.ofNullable(routed.encounter())
                                    .map(encounter ->
                                            new Admitted(encounter, receivedAt, origin, headers, Forwarding.NEVER));
                },
                catalogued -> Optional.empty(),
                ignored -> Optional.ofNullable(ignored.content())
                        .map(patient -> new Introduced(patient, receivedAt, origin, headers, Forwarding.NEVER)),
                rejected -> Optional.empty()));
    }

    /**
     * The facts of one record in the order in which they are evaluated, which does not depend on the order of its
     * entries: patients first, by version, then readings by clinical time; versions of one Observation follow each other.
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

    /**
     * What it takes to send a resource on to the patient that replaces a duplicate.
     *
     * @param resource as re-keyed
     * @param hops how many times it was sent on
     * @param isBack whether it came back to the patient that it is about
     */
    record Forwarding(byte @Nullable [] resource, int hops, boolean isBack) {

        static final Forwarding NEVER = new Forwarding(null, 0, true);

        Hop hop() {
            return isBack ? Hop.HOME : hops < Merge.MOST_HOPS ? Hop.ONWARD : Hop.LAST;
        }

        /** Hides the content: this may end up in a log. */
        @Override
        public String toString() {
            return "Forwarding[hidden]";
        }
    }

    record Observed(
            Observation observation, Instant receivedAt, Coordinates origin, Headers headers, Forwarding forwarding)
            implements ClinicalFact {

        @Override
        public boolean isJudged() {
            return true;
        }

        @Override
        public void count(Evaluation evaluation, AlertingCounters counters) {
            if (evaluation.forward() == null) {
                counters.evaluated();
            } else {
                counters.forwarded(Merge.OBSERVATION);
            }
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
            return evaluator.evaluate(
                    before, patient, observation, receivedAt, origin.toString(), forwarding.hop(), rules);
        }
    }

    record Introduced(Patient patient, Instant receivedAt, Coordinates origin, Headers headers, Forwarding forwarding)
            implements ClinicalFact {

        @Override
        public void count(Evaluation evaluation, AlertingCounters counters) {
            counters.learned(ResourceTypeNames.PATIENT);
        }

        /** Versions of one patient are in their order; of the same version, the one with the latest birth date comes last. */
        @Override
        public String identity() {
            PatientLink link = Objects.requireNonNullElse(patient.link(), PatientLink.NONE);
            String other = link.replacedBy() == null ? "" : link.replacedBy().reference();
            return "%s %s %b %s %b %s"
                    .formatted(
                            link.inOrder(),
                            patient.birthDate() == null ? "" : patient.birthDate(),
                            patient.birthDateUnreadable(),
                            patient.gender(),
                            patient.link() == null,
                            other);
        }

        @Override
        public Evaluation evaluate(Evaluator evaluator, PatientState before, PatientKey who, RuleBook rules) {
            return evaluator.learn(before, who, patient, receivedAt, rules);
        }
    }

    record Admitted(Encounter encounter, Instant receivedAt, Coordinates origin, Headers headers, Forwarding forwarding)
            implements ClinicalFact {

        @Override
        public void count(Evaluation evaluation, AlertingCounters counters) {
            if (evaluation.forward() == null) {
                counters.learned(RoutedType.ENCOUNTER.resourceType());
            } else {
                counters.forwarded(Merge.ENCOUNTER);
            }
        }

        @Override
        public String identity() {
            return RoutedType.ENCOUNTER.resourceType() + '/' + encounter.id();
        }

        /** Of several versions in one record, the one with the highest number comes last. */
        @Override
        public int rank() {
            Long version = encounter.versionId();
            return version == null ? 0 : (int) Math.min(version, Integer.MAX_VALUE);
        }

        @Override
        public Evaluation evaluate(Evaluator evaluator, PatientState before, PatientKey patient, RuleBook rules) {
            return evaluator.admit(before, patient, encounter, forwarding.hop(), receivedAt, rules);
        }
    }

    /** @param gateway {@code Device/ID} */
    record HeardOf(String gateway, Instant receivedAt, Coordinates origin, Headers headers) implements ClinicalFact {

        /** A gateway is no duplicate. */
        @Override
        public Forwarding forwarding() {
            return Forwarding.NEVER;
        }

        @Override
        public void count(Evaluation evaluation, AlertingCounters counters) {
            counters.learned(Heartbeat.RESOURCE_TYPE);
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

    /**
     * A duplicate's state, for the patient that replaces it.
     *
     * @param alertsOnly whether it is only the open alerts of the state that came
     */
    record TakenOver(
            StateParameters moved,
            boolean alertsOnly,
            Instant receivedAt,
            Coordinates origin,
            Headers headers,
            Forwarding forwarding)
            implements ClinicalFact {

        /** Of both. Rules go through all readings again; a patient has some hundreds. */
        static final int MOST_READINGS = 5_000;

        @Override
        public boolean isTooMuchFor(PatientState before) {
            boolean joins = before.replacedBy() == null || forwarding.hop() != Hop.ONWARD;
            return joins && !alertsOnly && before.readings() + moved.state().readings() > MOST_READINGS;
        }

        @Override
        public @Nullable ClinicalFact mostUrgent() {
            if (alertsOnly) {
                return null;
            }
            StateParameters alerts =
                    new StateParameters(moved.from(), moved.state().openAlerts());
            return new TakenOver(alerts, true, receivedAt, origin, headers, forwarding);
        }

        @Override
        public void count(Evaluation evaluation, AlertingCounters counters) {
            if (evaluation.forward() != null) {
                counters.forwarded(Merge.STATE);
            } else if (evaluation.merges().contains(MergeEvent.TAKEN_OVER)) {
                counters.takenOver(alertsOnly ? "open-alerts" : Merge.STATE.label());
            } else {
                counters.takenOver("refused");
            }
        }

        @Override
        public String identity() {
            return "";
        }

        @Override
        public Evaluation evaluate(Evaluator evaluator, PatientState before, PatientKey patient, RuleBook rules) {
            return evaluator.takeOver(
                    before, patient, moved.from(), moved.state(), forwarding.hop(), receivedAt, rules);
        }
    }
}
