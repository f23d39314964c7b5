package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.PatientKey;
import io.clinicalstreams.pipeline.domain.Reason;
import io.clinicalstreams.pipeline.fhir.Finding;
import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.pipeline.fhir.ResourceReader;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a received record apart into its resources and settles each: recorded, re-keyed, rejected with one reason, or
 * ignored and counted. It forwards one {@link Outcome} for each resource that goes anywhere, under the key it goes with,
 * and never throws because of data.
 */
public final class SplitAndValidate implements Processor<byte[], byte[], byte[], Outcome> {

    private static final Logger LOG = LoggerFactory.getLogger(SplitAndValidate.class);
    private static final String FORMULARY = "formulary/";

    private final ResourceReader reader;
    private final PatientAddress address;
    private final SizeLimits limits;
    private final String rekeyedTopic;
    private final RecordingCounters counters;
    private @Nullable ProcessorContext<byte[], Outcome> context;

    /** @param reader of this stream thread alone: it reuses its buffers */
    public SplitAndValidate(
            ResourceReader reader,
            PatientAddress address,
            SizeLimits limits,
            String rekeyedTopic,
            RecordingCounters counters) {
        this.reader = reader;
        this.address = address;
        this.limits = limits;
        this.rekeyedTopic = rekeyedTopic;
        this.counters = counters;
    }

    @Override
    public void init(ProcessorContext<byte[], Outcome> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> received) {
        Arrival arrival = Arrival.of(context().recordMetadata().orElseThrow(), received, rekeyedTopic);
        for (ReadResource resource : read(received.value(), arrival)) {
            settle(resource, arrival);
        }
    }

    private List<ReadResource> read(byte @Nullable [] value, Arrival arrival) {
        try {
            return reader.read(value);
        } catch (RuntimeException unforeseen) {
            // Its message may quote the input: only its class is told.
            LOG.atError()
                    .addKeyValue("step", "split-and-validate")
                    .addKeyValue("origin", arrival.origin())
                    .addKeyValue("reason", unforeseen.getClass().getName())
                    .log("could not read a record; it goes to quarantine");
            return List.of(new ReadResource(Coordinates.WHOLE_RECORD, value, new Finding.Rejected(Reason.UNEXPECTED)));
        }
    }

    private void settle(ReadResource resource, Arrival arrival) {
        Coordinates origin = arrival.of(resource.index());
        Finding finding = resource.finding();
        if (finding instanceof Finding.Rejected rejected) {
            reject(resource.bytes(), rejected.reason(), origin, arrival);
        } else if (finding instanceof Finding.Routed routed) {
            if (routed.patient() != null) {
                settleAboutPatient(resource, routed, routed.patient(), origin, arrival);
            } else {
                byte[] key = (FORMULARY + routed.catalogueCode()).getBytes(StandardCharsets.UTF_8);
                record(resource.bytes(), key, routed, origin, arrival);
            }
        } else if (finding instanceof Finding.Ignored ignored) {
            settleIgnored(resource, ignored, origin, arrival);
        }
    }

    private void settleAboutPatient(
            ReadResource resource, Finding.Routed routed, PatientKey patient, Coordinates origin, Arrival arrival) {
        if (address.isRight(patient, arrival.key(), arrival.partition())) {
            record(resource.bytes(), patient.toBytes(), routed, origin, arrival);
        } else {
            rekey(resource.bytes(), patient, origin, arrival);
        }
    }

    /** A Patient is routed nowhere, but the alerting lane learns ages from it, so it too has to reach its partition. */
    private void settleIgnored(ReadResource resource, Finding.Ignored ignored, Coordinates origin, Arrival arrival) {
        PatientKey patient = ignored.patient();
        if (patient != null && !address.isRight(patient, arrival.key(), arrival.partition())) {
            rekey(resource.bytes(), patient, origin, arrival);
        } else {
            counters.ignored(ignored.reason());
        }
    }

    private void record(
            byte @Nullable [] value, byte[] key, Finding.Routed routed, Coordinates origin, Arrival arrival) {
        Destination destination = Destination.of(routed.type());
        Headers headers = arrival.headers(origin);
        if (!limits.fits(destination, key, value, headers)) {
            reject(value, Reason.TOO_LARGE, origin, arrival);
            return;
        }
        counters.recorded(routed.type());
        forward(arrival, key, new Outcome(destination, value), headers);
    }

    private void rekey(byte @Nullable [] value, PatientKey patient, Coordinates origin, Arrival arrival) {
        if (arrival.rekeyed()) {
            reject(value, Reason.MISKEYED, origin, arrival);
            return;
        }
        byte[] key = patient.toBytes();
        Headers headers = arrival.headers(origin)
                .add(
                        HeaderNames.RECEIVED_AT,
                        Long.toString(arrival.receivedAt()).getBytes(StandardCharsets.US_ASCII));
        if (!limits.fits(Destination.REKEYED, key, value, headers)) {
            reject(value, Reason.TOO_LARGE, origin, arrival);
            return;
        }
        counters.rekeyed();
        forward(arrival, key, new Outcome(Destination.REKEYED, value), headers);
    }

    private void reject(byte @Nullable [] value, Reason reason, Coordinates origin, Arrival arrival) {
        byte[] key = arrival.key();
        byte[] kept = value;
        Headers headers =
                arrival.headers(origin).add(HeaderNames.REASON, reason.name().getBytes(StandardCharsets.US_ASCII));
        if (value != null && !limits.fits(Destination.REJECTED, key, value, headers)) {
            kept = OmittedValue.describe(origin, value);
            headers.add(HeaderNames.VALUE_OMITTED, "true".getBytes(StandardCharsets.US_ASCII));
        }
        // A key that is too large by itself, as that of a tombstone may be, cannot be kept either.
        if (!limits.fits(Destination.REJECTED, key, kept, headers)) {
            key = null;
            headers.add(HeaderNames.KEY_OMITTED, "true".getBytes(StandardCharsets.US_ASCII));
        }
        counters.rejected(reason);
        forward(arrival, key, new Outcome(Destination.REJECTED, kept), headers);
    }

    private void forward(Arrival arrival, byte @Nullable [] key, Outcome outcome, Headers headers) {
        context().forward(new Record<>(key, outcome, arrival.timestamp(), headers));
    }

    private ProcessorContext<byte[], Outcome> context() {
        if (context == null) {
            throw new IllegalStateException("used before init");
        }
        return context;
    }
}
