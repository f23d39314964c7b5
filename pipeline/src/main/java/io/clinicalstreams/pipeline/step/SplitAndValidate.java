package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.pipeline.fhir.ResourceReader;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.pipeline.fhir.resource.RoutedType;
import io.clinicalstreams.pipeline.input.InputBuffer;
import io.clinicalstreams.pipeline.ledger.InputLedger;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.topics.wire.Merge;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Splits a received record into its resources and decides each: recorded, re-keyed, rejected with one reason, or
 * ignored and counted. Forwards an {@link Outcome} for each resource that is written, with its output key, and never
 * throws because of data.
 */
public final class SplitAndValidate extends ContextualProcessor<byte[], byte[], byte[], Outcome> {

    private static final byte[] YES = "true".getBytes(StandardCharsets.US_ASCII);

    /** One resource of the record, with its origin. */
    private record Resource(ReadResource read, Coordinates origin, Arrival arrival) {

        byte @Nullable [] bytes() {
            return read.bytes();
        }

        Optional<Record<byte[], Outcome>> to(
                Destination destination, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
            return Optional.of(new Record<>(key, new Outcome(destination, value), arrival.timestamp(), headers));
        }
    }

    private final FaultTolerantReader reader;
    private final FaultTolerantReader clinicalReader;
    private final Placement placement;
    private final SizeLimits limits;
    private final String rekeyedTopic;
    private final InputLedger ledger;
    private final InputBuffer input;
    private final RecordingCounters counters;

    /**
     * @param reader used by this stream thread only: it reuses its buffers
     * @param clinicalReader the same, with the content that decides in which order a Bundle's entries are re-keyed
     */
    public SplitAndValidate(
            ResourceReader reader,
            ResourceReader clinicalReader,
            PatientPartition address,
            SizeLimits limits,
            String rekeyedTopic,
            InputLedger ledger,
            InputBuffer input,
            RecordingCounters counters) {
        this.reader = new FaultTolerantReader(reader::read, "split-and-validate");
        this.clinicalReader = new FaultTolerantReader(clinicalReader::read, "split-and-validate");
        this.placement = new Placement(address, limits);
        this.limits = limits;
        this.rekeyedTopic = rekeyedTopic;
        this.ledger = ledger;
        this.input = input;
        this.counters = counters;
    }

    @Override
    public void process(Record<byte[], byte[]> received) {
        process(context().recordMetadata().orElseThrow(), received, context()::forward);
    }

    /**
     * The same for a caller that has no context.
     *
     * @param here where the record was read
     */
    public void process(
            RecordMetadata here, Record<byte[], byte[]> received, Consumer<Record<byte[], Outcome>> forward) {
        ledger.record(here);
        input.taken(here, received);
        Arrival arrival = Arrival.of(here, received, rekeyedTopic);
        if (arrival.merge() != null) {
            // Recorded already, under the duplicate's key.
            ledger.resource();
            counters.ignored(arrival.merge() == Merge.ENCOUNTER ? "MergedEncounter" : "Merge");
            return;
        }
        List<ReadResource> resources = reader.read(received.value(), arrival.origin());
        if (resources.size() == 1) {
            settle(resources.get(0), arrival).ifPresent(forward);
        } else {
            split(resources, received.value(), arrival, forward);
        }
    }

    private void split(
            List<ReadResource> entries,
            byte @Nullable [] bundle,
            Arrival arrival,
            Consumer<Record<byte[], Outcome>> forward) {
        Map<Coordinates, Record<byte[], Outcome>> rekeyed = new LinkedHashMap<>();
        for (ReadResource entry : entries) {
            settle(entry, arrival).ifPresent(output -> {
                if (output.value().destination().equals(Destination.REKEYED)) {
                    rekeyed.put(arrival.of(entry.index()), output);
                } else {
                    forward.accept(output);
                }
            });
        }
        inOrder(rekeyed, bundle, arrival).forEach(forward);
    }

    private Optional<Record<byte[], Outcome>> settle(ReadResource read, Arrival arrival) {
        ledger.resource();
        return settle(new Resource(read, arrival.of(read.index()), arrival), read.finding());
    }

    /** In the order in which the facts of one record are evaluated: each of these is evaluated alone. */
    private Collection<Record<byte[], Outcome>> inOrder(
            Map<Coordinates, Record<byte[], Outcome>> rekeyed, byte @Nullable [] value, Arrival arrival) {
        if (rekeyed.size() < 2) {
            return rekeyed.values();
        }
        List<ClinicalFact> facts = new ArrayList<>(rekeyed.size());
        for (ReadResource read : clinicalReader.read(value, arrival.origin())) {
            Coordinates origin = arrival.of(read.index());
            if (rekeyed.containsKey(origin)) {
                ClinicalFact.of(read.finding(), arrival.time(), origin, new RecordHeaders())
                        .ifPresent(facts::add);
            }
        }
        List<Record<byte[], Outcome>> last = new ArrayList<>(facts.size());
        for (ClinicalFact fact : ClinicalFact.inOrder(facts)) {
            last.add(Objects.requireNonNull(rekeyed.remove(fact.origin())));
        }
        List<Record<byte[], Outcome>> all = new ArrayList<>(rekeyed.values());
        all.addAll(last);
        return all;
    }

    /**
     * A Patient is not recorded, but the alerting lane reads birth dates from it, so it must reach its partition too.
     */
    private Optional<Record<byte[], Outcome>> settle(Resource resource, Finding finding) {
        return finding.answer(new Finding.Answers<>(
                routed -> place(
                        resource,
                        routed.patient(),
                        Destination.of(routed.type()),
                        headers -> record(resource, routed.type(), resource.arrival.key(), headers)),
                catalogued -> recordInCatalogue(resource, catalogued),
                ignored -> ignored.patient() == null
                        ? ignore(ignored)
                        : place(resource, ignored.patient(), null, headers -> ignore(ignored)),
                rejected -> reject(resource, rejected.reason())));
    }

    private Optional<Record<byte[], Outcome>> place(
            Resource resource,
            PatientKey patient,
            @Nullable Destination destination,
            Function<Headers, Optional<Record<byte[], Outcome>>> staying) {
        Placement.Decision decision =
                placement.decide(destination, patient, resource.read, resource.origin, resource.arrival);
        return switch (decision.verdict()) {
            case STAYS -> staying.apply(decision.headers());
            case SENT_AGAIN -> sendAgain(resource, patient, decision.headers());
            case MISKEYED -> reject(resource, Reason.MISKEYED);
            case TOO_LARGE -> reject(resource, Reason.TOO_LARGE);
        };
    }

    private Optional<Record<byte[], Outcome>> record(
            Resource resource, RoutedType type, byte @Nullable [] key, Headers headers) {
        counters.recorded(type);
        return resource.to(Destination.of(type), key, resource.bytes(), headers);
    }

    private Optional<Record<byte[], Outcome>> recordInCatalogue(Resource resource, Finding.Catalogued product) {
        byte[] key = product.key().getBytes(StandardCharsets.UTF_8);
        Headers headers = resource.arrival.headers(resource.origin);
        return limits.fits(Destination.of(product.type()), key, resource.bytes(), headers)
                ? record(resource, product.type(), key, headers)
                : reject(resource, Reason.TOO_LARGE);
    }

    private Optional<Record<byte[], Outcome>> ignore(Finding.Ignored ignored) {
        counters.ignored(ignored.reason());
        return Optional.empty();
    }

    private Optional<Record<byte[], Outcome>> sendAgain(Resource resource, PatientKey patient, Headers headers) {
        counters.rekeyed();
        return resource.to(Destination.REKEYED, patient.toBytes(), resource.read.rekeyed(), headers);
    }

    private Optional<Record<byte[], Outcome>> reject(Resource resource, Reason reason) {
        counters.rejected(reason);
        Headers headers = resource.arrival
                .headers(resource.origin)
                .add(HeaderNames.REASON, reason.name().getBytes(StandardCharsets.US_ASCII));
        return quarantine(resource, resource.arrival.key(), resource.bytes(), headers);
    }

    /** Keeps key and value as received; if both do not fit, only the smaller one, or neither. */
    private Optional<Record<byte[], Outcome>> quarantine(
            Resource resource, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        if (limits.fits(Destination.REJECTED, key, value, headers)) {
            return resource.to(Destination.REJECTED, key, value, headers);
        }
        if (value != null && !isOmitted(headers) && SizeLimit.length(key) <= value.length) {
            headers.add(HeaderNames.VALUE_OMITTED, YES);
            return quarantine(resource, key, OmittedValue.describe(resource.origin, value), headers);
        }
        headers.add(HeaderNames.KEY_OMITTED, YES);
        return quarantine(resource, null, value, headers);
    }

    private static boolean isOmitted(Headers headers) {
        return headers.lastHeader(HeaderNames.VALUE_OMITTED) != null;
    }
}
