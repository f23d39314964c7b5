package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.PatientKey;
import io.clinicalstreams.pipeline.fhir.Finding;
import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.pipeline.fhir.ResourceReader;
import io.clinicalstreams.topics.wire.Coordinates;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from a received record what the rules need: observations, and patients' birth dates. A mis-keyed resource is
 * skipped here, because the recording lane re-sends it and it comes again under its patient's key; what the recording
 * lane rejects or ignores is none of this lane's business.
 */
public final class ReadClinicalFacts implements Processor<byte[], byte[], byte[], ClinicalFact> {

    private static final Logger LOG = LoggerFactory.getLogger(ReadClinicalFacts.class);

    private final ResourceReader reader;
    private final PatientAddress address;
    private final String rekeyedTopic;
    private final AlertingCounters counters;
    private @Nullable ProcessorContext<byte[], ClinicalFact> context;

    /** @param reader of this stream thread alone: it reuses its buffers */
    public ReadClinicalFacts(
            ResourceReader reader, PatientAddress address, String rekeyedTopic, AlertingCounters counters) {
        this.reader = reader;
        this.address = address;
        this.rekeyedTopic = rekeyedTopic;
        this.counters = counters;
    }

    @Override
    public void init(ProcessorContext<byte[], ClinicalFact> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> received) {
        Arrival arrival = Arrival.of(context().recordMetadata().orElseThrow(), received, rekeyedTopic);
        for (ReadResource resource : read(received.value(), arrival)) {
            Finding finding = resource.finding();
            Coordinates origin = arrival.of(resource.index());
            if (finding instanceof Finding.Routed routed && routed.observation() != null) {
                Headers headers = arrival.headers(origin);
                Instant receivedAt = Instant.ofEpochMilli(arrival.receivedAt());
                forward(
                        arrival,
                        routed.patient(),
                        new ClinicalFact.Observed(routed.observation(), receivedAt, origin, headers));
            } else if (finding instanceof Finding.Ignored ignored && ignored.content() != null) {
                forward(
                        arrival,
                        ignored.patient(),
                        new ClinicalFact.Introduced(ignored.content(), origin, arrival.headers(origin)));
            }
        }
    }

    private List<ReadResource> read(byte @Nullable [] value, Arrival arrival) {
        try {
            return reader.read(value);
        } catch (RuntimeException unforeseen) {
            // Its message may quote the input: only its class is told.
            LOG.atError()
                    .addKeyValue("step", "read-clinical-facts")
                    .addKeyValue("origin", arrival.origin())
                    .addKeyValue("reason", unforeseen.getClass().getName())
                    .log("could not read a record; the recording lane quarantines it");
            counters.notEvaluated("unexpected");
            return List.of();
        }
    }

    private void forward(Arrival arrival, @Nullable PatientKey patient, ClinicalFact fact) {
        if (patient == null || !address.isRight(patient, arrival.key(), arrival.partition())) {
            counters.leftToRekeying();
            return;
        }
        context().forward(new Record<>(arrival.key(), fact, arrival.timestamp(), fact.headers()));
    }

    private ProcessorContext<byte[], ClinicalFact> context() {
        if (context == null) {
            throw new IllegalStateException("used before init");
        }
        return context;
    }
}
