package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.domain.PatientKey;
import io.clinicalstreams.pipeline.domain.Reason;
import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.pipeline.fhir.ResourceReader;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Takes a received record apart into its resources and settles each: recorded, re-keyed, rejected with one reason, or
 * ignored and counted. It forwards one {@link Outcome} for each resource that goes anywhere, under the key it goes with,
 * and never throws because of data.
 */
public final class SplitAndValidate extends ContextualProcessor<byte[], byte[], byte[], Outcome> {

    private static final String FORMULARY = "formulary/";
    private static final byte[] YES = "true".getBytes(StandardCharsets.US_ASCII);

    private final CarefulReader reader;
    private final Placement placement;
    private final SizeLimits limits;
    private final String rekeyedTopic;
    private final RecordingCounters counters;

    /** @param reader of this stream thread alone: it reuses its buffers */
    public SplitAndValidate(
            ResourceReader reader,
            PatientAddress address,
            SizeLimits limits,
            String rekeyedTopic,
            RecordingCounters counters) {
        this.reader = new CarefulReader(reader, "split-and-validate");
        this.placement = new Placement(address, limits);
        this.limits = limits;
        this.rekeyedTopic = rekeyedTopic;
        this.counters = counters;
    }

    @Override
    public void process(Record<byte[], byte[]> received) {
        Arrival arrival = Arrival.of(context().recordMetadata().orElseThrow(), received, rekeyedTopic);
        for (ReadResource resource : reader.read(received.value(), arrival.origin())) {
            settle(resource, arrival.of(resource.index()), arrival);
        }
    }

    private void settle(ReadResource resource, Coordinates origin, Arrival arrival) {
        Finding finding = resource.finding();
        if (finding instanceof Finding.Rejected rejected) {
            reject(resource.bytes(), rejected.reason(), origin, arrival);
        } else if (finding instanceof Finding.Routed routed) {
            if (routed.patient() == null) {
                settleInCatalogue(resource, routed, origin, arrival);
            } else {
                settleAboutPatient(resource, routed, routed.patient(), origin, arrival);
            }
        } else if (finding instanceof Finding.Ignored ignored) {
            settleIgnored(resource, ignored, origin, arrival);
        }
    }

    private void settleInCatalogue(ReadResource resource, Finding.Routed routed, Coordinates origin, Arrival arrival) {
        Destination destination = Destination.of(routed.type());
        byte[] key = (FORMULARY + routed.catalogueCode()).getBytes(StandardCharsets.UTF_8);
        Headers headers = arrival.headers(origin);
        if (limits.fits(destination, key, resource.bytes(), headers)) {
            counters.recorded(routed.type());
            forward(arrival, key, new Outcome(destination, resource.bytes()), headers);
        } else {
            reject(resource.bytes(), Reason.TOO_LARGE, origin, arrival);
        }
    }

    private void settleAboutPatient(
            ReadResource resource, Finding.Routed routed, PatientKey patient, Coordinates origin, Arrival arrival) {
        Destination destination = Destination.of(routed.type());
        Placement.Decision decision = placement.decide(destination, patient, resource.bytes(), origin, arrival);
        if (decision.verdict() == Placement.Verdict.STAYS) {
            counters.recorded(routed.type());
            forward(arrival, arrival.key(), new Outcome(destination, resource.bytes()), decision.headers());
        } else {
            sendAgainOrReject(decision, resource.bytes(), patient, origin, arrival);
        }
    }

    /** A Patient is routed nowhere, but the alerting lane learns ages from it, so it too has to reach its partition. */
    private void settleIgnored(ReadResource resource, Finding.Ignored ignored, Coordinates origin, Arrival arrival) {
        PatientKey patient = ignored.patient();
        if (patient == null) {
            counters.ignored(ignored.reason());
            return;
        }
        Placement.Decision decision = placement.decide(null, patient, resource.bytes(), origin, arrival);
        if (decision.verdict() == Placement.Verdict.STAYS) {
            counters.ignored(ignored.reason());
        } else {
            sendAgainOrReject(decision, resource.bytes(), patient, origin, arrival);
        }
    }

    private void sendAgainOrReject(
            Placement.Decision decision,
            byte @Nullable [] value,
            PatientKey patient,
            Coordinates origin,
            Arrival arrival) {
        if (decision.verdict() == Placement.Verdict.SENT_AGAIN) {
            counters.rekeyed();
            forward(arrival, patient.toBytes(), new Outcome(Destination.REKEYED, value), decision.headers());
        } else {
            boolean miskeyed = decision.verdict() == Placement.Verdict.MISKEYED;
            reject(value, miskeyed ? Reason.MISKEYED : Reason.TOO_LARGE, origin, arrival);
        }
    }

    private void reject(byte @Nullable [] value, Reason reason, Coordinates origin, Arrival arrival) {
        Headers headers =
                arrival.headers(origin).add(HeaderNames.REASON, reason.name().getBytes(StandardCharsets.US_ASCII));
        counters.rejected(reason);
        quarantine(arrival.key(), value, headers, origin, arrival);
    }

    /** Keeps key and value as they came, or, of what does not fit together, the smaller one, or neither. */
    private void quarantine(
            byte @Nullable [] key, byte @Nullable [] value, Headers headers, Coordinates origin, Arrival arrival) {
        if (limits.fits(Destination.REJECTED, key, value, headers)) {
            forward(arrival, key, new Outcome(Destination.REJECTED, value), headers);
        } else if (value != null && !isOmitted(headers) && SizeLimit.length(key) <= value.length) {
            headers.add(HeaderNames.VALUE_OMITTED, YES);
            quarantine(key, OmittedValue.describe(origin, value), headers, origin, arrival);
        } else {
            headers.add(HeaderNames.KEY_OMITTED, YES);
            quarantine(null, value, headers, origin, arrival);
        }
    }

    private static boolean isOmitted(Headers headers) {
        return headers.lastHeader(HeaderNames.VALUE_OMITTED) != null;
    }

    private void forward(Arrival arrival, byte @Nullable [] key, Outcome outcome, Headers headers) {
        context().forward(new Record<>(key, outcome, arrival.timestamp(), headers));
    }
}
