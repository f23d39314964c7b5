package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.NotEvaluated;
import io.clinicalstreams.pipeline.domain.PatientKey;
import io.clinicalstreams.pipeline.domain.Reason;
import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.pipeline.fhir.ResourceReader;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.wire.Coordinates;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads from a received record what the rules need: observations, and patients' birth dates. A mis-keyed resource is
 * skipped here, because the recording lane re-sends it and it comes again under its patient's key. What the recording lane
 * rejects is not evaluated: what it cannot read is none of this lane's business, and the rest is counted here by reason.
 */
public final class ReadClinicalFacts extends ContextualProcessor<byte[], byte[], byte[], ClinicalFact> {

    private final CarefulReader reader;
    private final Placement placement;
    private final String rekeyedTopic;
    private final AlertingCounters counters;

    /**
     * @param reader of this stream thread alone: it reuses its buffers
     * @param limits the recording lane's
     */
    public ReadClinicalFacts(
            ResourceReader reader,
            PatientAddress address,
            SizeLimits limits,
            String rekeyedTopic,
            AlertingCounters counters) {
        this.reader = new CarefulReader(reader, "read-clinical-facts");
        this.placement = new Placement(address, limits);
        this.rekeyedTopic = rekeyedTopic;
        this.counters = counters;
    }

    @Override
    public void process(Record<byte[], byte[]> received) {
        Arrival arrival = Arrival.of(context().recordMetadata().orElseThrow(), received, rekeyedTopic);
        for (ReadResource resource : reader.read(received.value(), arrival.origin())) {
            read(resource, arrival.of(resource.index()), arrival);
        }
    }

    private void read(ReadResource resource, Coordinates origin, Arrival arrival) {
        Finding finding = resource.finding();
        if (finding instanceof Finding.Routed routed && routed.observation() != null && routed.patient() != null) {
            Placement.Decision decision = placement.decide(
                    Destination.of(routed.type()), routed.patient(), resource.bytes(), origin, arrival);
            Instant receivedAt = Instant.ofEpochMilli(arrival.receivedAt());
            settle(
                    new ClinicalFact.Observed(routed.observation(), receivedAt, origin, decision.headers()),
                    decision.verdict(),
                    arrival);
        } else if (finding instanceof Finding.Ignored ignored && ignored.content() != null) {
            PatientKey patient = ignored.patient();
            if (patient == null) {
                counters.notEvaluated(NotEvaluated.PATIENT_WITHOUT_ID);
                return;
            }
            Placement.Decision decision = placement.decide(null, patient, resource.bytes(), origin, arrival);
            settle(
                    new ClinicalFact.Introduced(ignored.content(), origin, decision.headers()),
                    decision.verdict(),
                    arrival);
        } else if (finding instanceof Finding.Rejected rejected && rejected.reason() == Reason.UNEXPECTED) {
            counters.notEvaluated(NotEvaluated.UNEXPECTED);
        }
    }

    private void settle(ClinicalFact fact, Placement.Verdict verdict, Arrival arrival) {
        switch (verdict) {
            case STAYS -> context().forward(new Record<>(arrival.key(), fact, arrival.timestamp(), fact.headers()));
            case SENT_AGAIN -> counters.leftToRekeying();
            case MISKEYED -> counters.notEvaluated(NotEvaluated.MISKEYED);
            case TOO_LARGE -> counters.notEvaluated(NotEvaluated.TOO_LARGE);
        }
    }
}
