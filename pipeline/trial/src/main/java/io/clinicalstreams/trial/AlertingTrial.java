package io.clinicalstreams.trial;

import io.clinicalstreams.loadgen.replay.Documents;
import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.pipeline.ledger.Accounting;
import io.clinicalstreams.pipeline.runtime.LaneBlueprint;
import io.clinicalstreams.pipeline.runtime.PipelineConfig;
import io.clinicalstreams.pipeline.step.AlertRecord;
import io.clinicalstreams.pipeline.step.AlertingOutput;
import io.clinicalstreams.pipeline.step.AlertingOutput.ForwardedRecord;
import io.clinicalstreams.pipeline.step.ClinicalFact;
import io.clinicalstreams.pipeline.step.EvaluateRulesSupplier;
import io.clinicalstreams.pipeline.step.FaultTolerantReader;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.Partitions;
import io.clinicalstreams.topics.wire.PatientKey;
import io.clinicalstreams.topics.wire.Reason;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The alerting lane on documents instead of a topic: its own two steps, one after the other, on one thread. The same
 * documents give the same alerts, byte for byte.
 *
 * <p>A document stands for a record of {@code clinical.resource.received}: partition 0, its number from 0 as the offset,
 * keyed correctly. A resource counts as received when it was known ({@link ReceivedTimes}), but not before an earlier
 * one of its patient. Time passes for each patient separately, so files may have one patient after the other. What has
 * no date counts as received with the patient's previous reading, and before the first one, with that. The entries of a
 * Bundle are taken one by one: Patients first, then by date.
 *
 * <p>At the end, what is due at the latest time of all is done: silences are alerts, and alerts end of patients of whom
 * nothing was heard for long.
 */
public final class AlertingTrial {

    private static final Duration KEEP = Duration.parse(PipelineConfig.DEFAULT_KEEP_ENDED_ALERTS);

    /**
     * Whom a resource is about.
     *
     * @param patient null if the rules have nothing to do with it
     * @param isReading whether it is an Observation
     * @param known when it was known; null if it is not dated
     */
    private record About(
            @Nullable PatientKey patient,
            boolean isReading,
            @Nullable Instant known) {

        static final About NOBODY = new About(null, false, null);
    }

    private record Entry(ReadResource resource, long document, About about) {}

    /** When a patient's first and last input was received. */
    public record Span(Instant first, Instant last) {}

    /** A patient with a dated reading, and when its first and latest input was received. */
    private static final class Known {

        private final byte[] key;
        private final long first;
        private long received;

        Known(PatientKey patient, long first) {
            this.key = patient.toBytes();
            this.first = first;
            this.received = first;
        }
    }

    private static final Headers NO_HEADERS = new RecordHeaders();

    private final TrialListener listener;
    private final FaultTolerantReader reader;
    private final Finding.Answers<About> about;
    private final String topic;
    private final LaneBlueprint.AlertingSteps steps;
    private final FileTask<byte[], ClinicalFact> reading;
    private final FileTask<byte[], AlertingOutput> evaluating;
    private final int partitions;
    private final String rekeyedTopic;
    private final Queue<Record<byte[], ForwardedRecord>> forwarded = new ArrayDeque<>();
    private final MemoryStates states;
    private final Map<PatientKey, Known> patients = new LinkedHashMap<>();

    /** Of patients without a dated reading so far. */
    private final Map<PatientKey, List<Entry>> undated = new LinkedHashMap<>();

    private final Map<Reason, Long> rejected = new EnumMap<>(Reason.class);
    private List<ReadResource> current = List.of();
    private long documents;

    /** Records that duplicates forwarded. */
    private long again;

    private long resources;
    private long withFinding;
    private long latest;

    /** When the current input was received, milliseconds since the epoch. */
    private long at;

    /** @param now when readings that are dated later count as received */
    public AlertingTrial(Catalogue catalogue, RuleTable rules, Instant now, TrialListener listener) {
        this(catalogue, rules, 1, now, listener);
    }

    /** @param partitions of the input topics, for records of these */
    public AlertingTrial(Catalogue catalogue, RuleTable rules, int partitions, Instant now, TrialListener listener) {
        this.listener = listener;
        LaneBlueprint blueprint = new LaneBlueprint(catalogue, new CompositeMeterRegistry());
        reader = new FaultTolerantReader(blueprint.clinicalReader()::read, "evaluate");
        ReceivedTimes times = new ReceivedTimes(now);
        topic = catalogue.topic(TopicNames.RESOURCE_RECEIVED).fullName();
        steps = blueprint.alertingSteps(value -> current, partitions, rules, KEEP);
        states = new MemoryStates(
                EvaluateRulesSupplier.STORE, (patient, before, after) -> listener.state(patient, before, after, at));
        this.partitions = partitions;
        rekeyedTopic = catalogue.topic(TopicNames.RESOURCE_REKEYED).fullName();
        evaluating = new FileTask<>(states, this::written);
        reading = new FileTask<>(null, steps.evaluateRules()::process);
        about = new Finding.Answers<>(
                routed -> routed.observation() != null
                        ? new About(routed.patient(), true, times.of(routed.observation()))
                        : routed.encounter() != null && rules.book().watchesAdmissions()
                                ? new About(routed.patient(), false, null)
                                : About.NOBODY,
                catalogued -> About.NOBODY,
                ignored -> ignored.content() == null ? About.NOBODY : new About(ignored.patient(), false, null),
                refused -> reject(refused.reason()));
        steps.readClinicalFacts().init(reading);
        steps.evaluateRules().init(evaluating);
    }

    /**
     * Evaluates all documents in the files, and what is due after them.
     *
     * @param files as of {@code InputFiles}
     * @param enough asked before each document
     */
    public TrialSummary takeAll(List<Path> files, BooleanSupplier enough) throws IOException {
        try (Documents documents = new Documents(files)) {
            for (byte[] next = documents.next(); next != null && !enough.getAsBoolean(); next = documents.next()) {
                take(next);
            }
        }
        return end();
    }

    /** Evaluates the next document: a resource, a Bundle, or anything else. */
    public void take(byte[] document) {
        long number = documents++;
        List<ReadResource> read = reader.read(document, Coordinates.ofRecord(topic, 0, number));
        inOrder(read, number).forEach(this::take);
    }

    /** The order of a Bundle's entries does not matter: Patients first, then by date. */
    private List<Entry> inOrder(List<ReadResource> read, long document) {
        if (read.size() == 1) {
            return List.of(entry(read.get(0), document));
        }
        return read.stream()
                .map(resource -> entry(resource, document))
                .sorted(Comparator.comparing(
                        entry -> entry.about.known, Comparator.nullsFirst(Comparator.<Instant>naturalOrder())))
                .toList();
    }

    /**
     * Call after the last document.
     *
     * @param logTime until which the time passed, milliseconds since the epoch
     */
    public TrialSummary end(long logTime) {
        latest = Math.max(latest, logTime);
        return end();
    }

    /** Call after the last document. */
    public TrialSummary end() {
        undated.forEach((patient, waiting) -> waiting.forEach(each -> process(each, patient.toBytes(), latest)));
        at = latest;
        undated.clear();
        evaluating.at(Optional.empty(), latest);
        // Each time takes a share of the patients: of those with something due, then of all.
        for (long left = 2 * states.approximateNumEntries() + 1; left > 0; left--) {
            evaluating.punctuate();
        }
        Map<Accounting, Map<String, Long>> counts = steps.ledger().counts();
        long evaluated = counts.getOrDefault(Accounting.EVALUATED, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return new TrialSummary(documents, resources, patients.size(), rejected, counts, evaluated - withFinding);
    }

    /** The patients with a dated Observation, in the order in which they came. */
    public Map<PatientKey, Span> patients() {
        Map<PatientKey, Span> spans = new LinkedHashMap<>();
        patients.forEach((patient, known) ->
                spans.put(patient, new Span(Instant.ofEpochMilli(known.first), Instant.ofEpochMilli(known.received))));
        return spans;
    }

    private void written(Record<byte[], AlertingOutput> output) {
        output.value().alerts().stream()
                .filter(AlertRecord::isTransition)
                .forEach(alert -> listener.alert(output.withValue(alert)));
        output.value().forwarded().forEach(further -> forwarded.add(output.withValue(further)));
    }

    /** What a duplicate forwards comes next. */
    private void takeForwarded() {
        for (Record<byte[], ForwardedRecord> next = forwarded.poll(); next != null; next = forwarded.poll()) {
            int partition = Partitions.partitionFor(next.key(), partitions);
            InputRecord input = new InputRecord(rekeyedTopic, partition, again);
            reading.at(Optional.of(input), at);
            evaluating.at(Optional.of(input), at);
            byte[] value = next.value().value();
            current = reader.read(value, Coordinates.ofRecord(rekeyedTopic, partition, again++));
            steps.readClinicalFacts().process(new Record<>(next.key(), value, at, next.headers()));
        }
    }

    private Entry entry(ReadResource resource, long document) {
        return new Entry(resource, document, resource.finding().answer(about));
    }

    private About reject(Reason reason) {
        rejected.merge(reason, 1L, Long::sum);
        return About.NOBODY;
    }

    private void take(Entry entry) {
        PatientKey patient = entry.about.patient;
        if (patient == null) {
            process(entry, null, latest);
            return;
        }
        Known known = patients.get(patient);
        if (known == null && entry.about.known == null) {
            undated.computeIfAbsent(patient, each -> new ArrayList<>()).add(entry);
            return;
        }
        long dated = entry.about.known == null ? 0 : Math.max(0, entry.about.known.toEpochMilli());
        if (known == null) {
            Known first = new Known(patient, dated);
            patients.put(patient, first);
            undated.getOrDefault(patient, List.of()).forEach(each -> process(each, first.key, dated));
            undated.remove(patient);
            known = first;
        }
        known.received = Math.max(known.received, dated);
        process(entry, known.key, known.received);
    }

    private void process(Entry entry, byte @Nullable [] key, long received) {
        long before = steps.ledger().findings();
        process(entry.resource, new InputRecord(topic, 0, entry.document), key, received, NO_HEADERS);
        // What a Patient ends is no finding in an Observation.
        if (entry.about.isReading && steps.ledger().findings() > before) {
            withFinding++;
        }
    }

    /** Evaluates a record of an input topic as the lane does, at its own time. For records of one patient, in order. */
    public void take(ConsumerRecord<byte[], byte[]> record) {
        documents++;
        InputRecord input = new InputRecord(record.topic(), record.partition(), record.offset());
        long received = Math.max(latest, record.timestamp());
        inOrder(reader.read(record.value(), Coordinates.of(record)), record.offset())
                .forEach(entry -> process(entry.resource, input, record.key(), received, record.headers()));
    }

    private void process(
            ReadResource resource, InputRecord input, byte @Nullable [] key, long received, Headers headers) {
        resources++;
        at = received;
        latest = Math.max(latest, received);
        reading.at(Optional.of(input), received);
        evaluating.at(Optional.of(input), received);
        current = List.of(resource);
        Record<byte[], byte[]> record = new Record<>(key, resource.bytes(), received, headers);
        Coordinates origin = input.of(resource);
        if (!listener.wants(resource, origin)) {
            steps.readClinicalFacts().process(record);
            takeForwarded();
            return;
        }
        byte[] before = key == null ? null : states.get(key);
        Map<Accounting, Map<String, Long>> counted = steps.ledger().counts();
        steps.readClinicalFacts().process(record);
        takeForwarded();
        listener.did(new TrialListener.Effect(
                resource,
                origin,
                Instant.ofEpochMilli(received),
                key == null ? null : new PatientKey(new String(key, StandardCharsets.UTF_8)),
                before,
                key == null ? null : states.get(key),
                difference(counted, steps.ledger().counts())));
    }

    private static Map<Accounting, Map<String, Long>> difference(
            Map<Accounting, Map<String, Long>> before, Map<Accounting, Map<String, Long>> after) {
        Map<Accounting, Map<String, Long>> difference = new EnumMap<>(Accounting.class);
        after.forEach((what, reasons) -> reasons.forEach((reason, count) -> {
            long more = count - before.getOrDefault(what, Map.of()).getOrDefault(reason, 0L);
            if (more > 0) {
                difference.computeIfAbsent(what, each -> new TreeMap<>()).put(reason, more);
            }
        }));
        return difference;
    }

    private record InputRecord(String topic, int partition, long offset) implements RecordMetadata {

        Coordinates of(ReadResource resource) {
            return new Coordinates(topic, partition, offset, resource.index());
        }
    }
}
