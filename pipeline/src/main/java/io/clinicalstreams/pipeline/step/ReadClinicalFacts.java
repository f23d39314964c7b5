package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.StateParameters;
import io.clinicalstreams.pipeline.domain.observation.Encounter;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.pipeline.fhir.ResourceReader;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.pipeline.fhir.resource.RoutedType;
import io.clinicalstreams.pipeline.input.InputBuffer;
import io.clinicalstreams.pipeline.ledger.InputLedger;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.Heartbeat;
import io.clinicalstreams.topics.wire.Merge;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the rules need from a received record: observations, what is known of patients, states of duplicates and,
 * if a rule watches admissions, stays in hospital. A mis-keyed resource is skipped, because the recording lane re-keys it
 * and it arrives again with its patient's key. What the recording lane rejects is not evaluated. If it is readable, it is
 * counted here by reason.
 */
public final class ReadClinicalFacts extends ContextualProcessor<byte[], byte[], byte[], ClinicalFact> {

    private static final Logger LOG = LoggerFactory.getLogger(ReadClinicalFacts.class);

    /** Reads a record's value: {@link ResourceReader#read}, or what it has read already. */
    @FunctionalInterface
    public interface Reader {

        List<ReadResource> read(byte @Nullable [] value);
    }

    private final FaultTolerantReader reader;
    private final Placement placement;
    private final String rekeyedTopic;
    private final RuleTable rules;
    private final InputLedger ledger;
    private final InputBuffer input;
    private final AlertingCounters counters;

    /**
     * @param reader used by this stream thread only: it reuses its buffers
     * @param limits of the recording lane
     */
    public ReadClinicalFacts(
            Reader reader,
            PatientPartition address,
            SizeLimits limits,
            String rekeyedTopic,
            RuleTable rules,
            InputLedger ledger,
            InputBuffer input,
            AlertingCounters counters) {
        this.reader = new FaultTolerantReader(reader, "read-clinical-facts");
        this.placement = new Placement(address, limits);
        this.rekeyedTopic = rekeyedTopic;
        this.rules = rules;
        this.ledger = ledger;
        this.input = input;
        this.counters = counters;
    }

    @Override
    public void process(Record<byte[], byte[]> received) {
        RecordMetadata here = context().recordMetadata().orElseThrow();
        ledger.record(here);
        input.taken(here, received);
        Arrival arrival = Arrival.of(here, received, rekeyedTopic);
        if (arrival.merge() == Merge.STATE) {
            ledger.resource();
            takenOver(received.value(), arrival).ifPresent(fact -> context()
                    .forward(new Record<>(arrival.key(), fact, arrival.timestamp(), fact.headers())));
            return;
        }
        List<ClinicalFact> facts = new ArrayList<>();
        for (ReadResource resource : reader.read(received.value(), arrival.origin())) {
            ledger.resource();
            read(resource, arrival.of(resource.index()), arrival).ifPresent(facts::add);
        }
        for (ClinicalFact fact : ClinicalFact.inOrder(facts)) {
            context().forward(new Record<>(arrival.key(), fact, arrival.timestamp(), fact.headers()));
        }
    }

    /** What a task of this lane sent. */
    private Optional<ClinicalFact> takenOver(byte @Nullable [] value, Arrival arrival) {
        StateParameters moved = value == null ? null : StateParameters.read(value);
        if (moved == null) {
            LOG.atError()
                    .addKeyValue("step", "read-clinical-facts")
                    .addKeyValue("origin", arrival.origin())
                    .log("the state of a duplicate is not readable; it has no effect");
            return refuse(NotEvaluated.UNEXPECTED);
        }
        if (!placement.address().isOf(arrival.key(), arrival.partition())) {
            return refuse(NotEvaluated.MISKEYED);
        }
        counters.orderUndetermined("rekeyed");
        return Optional.of(new ClinicalFact.TakenOver(
                moved,
                false,
                arrival.time(),
                arrival.origin(),
                arrival.headers(arrival.origin()),
                new ClinicalFact.Forwarding(value, arrival.hops(), isBack(moved.from(), arrival))));
    }

    private Optional<ClinicalFact> read(ReadResource resource, Coordinates origin, Arrival arrival) {
        return resource.finding()
                .answer(new Finding.Answers<>(
                        routed -> routed(resource, routed, origin, arrival),
                        catalogued -> passOver(catalogued.type()),
                        ignored -> ignored.reason().equals(Heartbeat.RESOURCE_TYPE)
                                ? heartbeat(resource, origin, arrival)
                                : introduced(resource, ignored, origin, arrival),
                        rejected -> rejected.reason() == Reason.UNEXPECTED
                                ? refuse(NotEvaluated.UNEXPECTED)
                                : passOver("rejected")));
    }

    private Optional<ClinicalFact> routed(
            ReadResource resource, Finding.Routed routed, Coordinates origin, Arrival arrival) {
        Encounter encounter = rules.book().watchesAdmissions() ? routed.encounter() : null;
        if (routed.observation() == null && encounter == null) {
            return passOver(routed.type());
        }
        Placement.Decision decision =
                placement.decide(Destination.of(routed.type()), routed.patient(), resource, origin, arrival);
        ClinicalFact.Forwarding forwarding = forwarding(resource, routed.patient(), arrival);
        ClinicalFact fact = routed.observation() != null
                ? new ClinicalFact.Observed(
                        placed(routed.observation(), arrival), arrival.time(), origin, decision.headers(), forwarding)
                : new ClinicalFact.Admitted(
                        Objects.requireNonNull(encounter), arrival.time(), origin, decision.headers(), forwarding);
        return settle(fact, decision, arrival);
    }

    /** What went on to another patient is about that one. */
    private static Observation placed(Observation observation, Arrival arrival) {
        return arrival.merge() == null || arrival.key() == null
                ? observation
                : observation.movedTo(new PatientKey(new String(arrival.key(), StandardCharsets.UTF_8)));
    }

    /** Of a gateway under its own key; a Device anywhere else is ignored, as it always was. */
    private Optional<ClinicalFact> heartbeat(ReadResource resource, Coordinates origin, Arrival arrival) {
        String gateway = rules.book().watchesGateways() ? Heartbeat.gateway(arrival.key()) : null;
        if (gateway == null || resource.index() != Coordinates.WHOLE_RECORD) {
            return passOver("ignored");
        }
        Placement.Decision decision = placement.decide(null, new PatientKey(gateway), resource, origin, arrival);
        return decision.verdict() == Placement.Verdict.STAYS
                ? Optional.of(new ClinicalFact.HeardOf(gateway, arrival.time(), origin, decision.headers()))
                : passOver("ignored");
    }

    private Optional<ClinicalFact> introduced(
            ReadResource resource, Finding.Ignored ignored, Coordinates origin, Arrival arrival) {
        if (ignored.content() == null || arrival.merge() != null) {
            return passOver("ignored");
        }
        if (ignored.patient() == null) {
            return refuse(NotEvaluated.PATIENT_WITHOUT_ID);
        }
        Placement.Decision decision = placement.decide(null, ignored.patient(), resource, origin, arrival);
        return settle(
                new ClinicalFact.Introduced(
                        ignored.content(),
                        arrival.time(),
                        origin,
                        decision.headers(),
                        forwarding(resource, ignored.patient(), arrival)),
                decision,
                arrival);
    }

    private static ClinicalFact.Forwarding forwarding(ReadResource resource, PatientKey patient, Arrival arrival) {
        return new ClinicalFact.Forwarding(resource.rekeyed(), arrival.hops(), isBack(patient, arrival));
    }

    private static boolean isBack(PatientKey patient, Arrival arrival) {
        return arrival.merge() != null && Arrays.equals(patient.toBytes(), arrival.key());
    }

    private Optional<ClinicalFact> settle(ClinicalFact fact, Placement.Decision decision, Arrival arrival) {
        return switch (decision.verdict()) {
            case STAYS -> {
                if (arrival.rekeyed()) {
                    counters.orderUndetermined("rekeyed");
                }
                yield Optional.of(fact);
            }
            case SENT_AGAIN -> {
                counters.leftToRekeying();
                yield Optional.empty();
            }
            case MISKEYED -> refuse(NotEvaluated.MISKEYED);
            case TOO_LARGE -> refuse(NotEvaluated.TOO_LARGE);
        };
    }

    private Optional<ClinicalFact> refuse(NotEvaluated reason) {
        counters.refused(reason);
        return Optional.empty();
    }

    private Optional<ClinicalFact> passOver(RoutedType type) {
        return passOver(type.resourceType());
    }

    private Optional<ClinicalFact> passOver(String reason) {
        counters.passedOver(reason);
        return Optional.empty();
    }
}
