package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.pipeline.alert.DetectedIssueWriter;
import io.clinicalstreams.pipeline.alert.UcumConversion;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.fhir.ResourceReader;
import io.clinicalstreams.pipeline.fhir.resource.Depth;
import io.clinicalstreams.pipeline.input.InputBuffer;
import io.clinicalstreams.pipeline.input.MemoryPlan;
import io.clinicalstreams.pipeline.lane.AlertingLane;
import io.clinicalstreams.pipeline.lane.ClinicalTopics;
import io.clinicalstreams.pipeline.lane.RecordingLane;
import io.clinicalstreams.pipeline.ledger.InputLedger;
import io.clinicalstreams.pipeline.step.AlertRetention;
import io.clinicalstreams.pipeline.step.AlertingCounters;
import io.clinicalstreams.pipeline.step.AlertingOutput;
import io.clinicalstreams.pipeline.step.ClinicalFact;
import io.clinicalstreams.pipeline.step.EvaluateRulesSupplier;
import io.clinicalstreams.pipeline.step.PatientPartition;
import io.clinicalstreams.pipeline.step.ReadClinicalFacts;
import io.clinicalstreams.pipeline.step.RecordingCounters;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.pipeline.step.SizeLimit;
import io.clinicalstreams.pipeline.step.SizeLimits;
import io.clinicalstreams.pipeline.step.SplitAndValidate;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.api.Processor;

/**
 * Builds a lane's topology from the catalogue: connects steps with topics, limits and counters. Also for test drivers
 * and benchmarks, without a service.
 */
public record LaneBlueprint(Catalogue catalogue, MeterRegistry registry) {

    /** Of a patient in memory after a week on a ward: {@code PatientStoreBenchmark}. */
    private static final long STATE_BYTES = 750;

    /**
     * A lane, ready to run.
     *
     * @param ledger written by its own producer
     * @param input what its first step takes from the buffers
     */
    public record BuiltLane(Topology topology, InputLedger ledger, InputBuffer input) {}

    /**
     * The recording lane's step, for a program that reads and writes by other means.
     *
     * @param splitAndValidate creates a step for the calling thread only
     * @param ledger creates the producer that writes it
     */
    public record RecordingSteps(Supplier<SplitAndValidate> splitAndValidate, InputLedger ledger) {}

    /**
     * The alerting lane's two steps, for input that is not in Kafka: the first forwards to the second.
     *
     * @param ledger counts what became of the input
     */
    public record AlertingSteps(
            Processor<byte[], byte[], byte[], ClinicalFact> readClinicalFacts,
            Processor<byte[], ClinicalFact, byte[], AlertingOutput> evaluateRules,
            InputLedger ledger) {}

    /** @param partitions the actual number of partitions of the input topics */
    public BuiltLane recording(TopologyConfig config, int partitions) {
        return recording(config, partitions, catalogue.where().fhir());
    }

    /** Reads FHIR with other settings than the environment's. */
    public BuiltLane recording(TopologyConfig config, int partitions, FhirSettings fhir) {
        InputLedger ledger = ledger("recording");
        InputBuffer input = new InputBuffer();
        Topology topology = new RecordingLane(
                        new ClinicalTopics(catalogue), splitAndValidate(partitions, fhir, ledger, input)::get)
                .build(config);
        return new BuiltLane(topology, ledger, input);
    }

    /**
     * The recording lane's step without Kafka Streams.
     *
     * @param partitions the actual number of partitions of the input topics
     */
    public RecordingSteps recordingSteps(int partitions) {
        InputLedger ledger = ledger("recording");
        return new RecordingSteps(
                splitAndValidate(partitions, catalogue.where().fhir(), ledger, new InputBuffer()), ledger);
    }

    private Supplier<SplitAndValidate> splitAndValidate(
            int partitions, FhirSettings fhir, InputLedger ledger, InputBuffer input) {
        PatientPartition address = new PatientPartition(partitions);
        SizeLimits limits = recordingLimits();
        RecordingCounters counters = new RecordingCounters(registry, ledger);
        String rekeyed = catalogue.topic(TopicNames.RESOURCE_REKEYED).fullName();
        return () -> new SplitAndValidate(
                new ResourceReader(fhir, Depth.ROUTING),
                new ResourceReader(fhir, Depth.CLINICAL),
                address,
                limits,
                rekeyed,
                ledger,
                input,
                counters);
    }

    /**
     * @param partitions the actual number of partitions of the input topics
     * @param keepEndedAlerts the minimum time, longer if a rule looks back further
     */
    public BuiltLane alerting(TopologyConfig config, int partitions, RuleTable rules, Duration keepEndedAlerts) {
        InputLedger ledger = ledger("alerting");
        InputBuffer input = new InputBuffer();
        AlertingCounters counters = new AlertingCounters(registry, ledger);
        Topology topology = new AlertingLane(
                        new ClinicalTopics(catalogue),
                        rules,
                        () -> readClinicalFacts(clinicalReader()::read, partitions, rules, ledger, input, counters),
                        evaluateRules(rules, keepEndedAlerts, counters))
                .build(config);
        return new BuiltLane(topology, ledger, input);
    }

    /**
     * New steps, with their own ledger, for the calling thread only.
     *
     * @param partitions of the input, and {@code keepEndedAlerts}, as of {@link #alerting}
     */
    public AlertingSteps alertingSteps(
            ReadClinicalFacts.Reader reader, int partitions, RuleTable rules, Duration keepEndedAlerts) {
        InputLedger ledger = ledger("alerting");
        AlertingCounters counters = new AlertingCounters(registry, ledger);
        return new AlertingSteps(
                readClinicalFacts(reader, partitions, rules, ledger, new InputBuffer(), counters),
                evaluateRules(rules, keepEndedAlerts, counters).get(),
                ledger);
    }

    /** What the alerting lane reads its input with. */
    public ResourceReader clinicalReader() {
        return new ResourceReader(catalogue.where().fhir(), Depth.CLINICAL);
    }

    private ReadClinicalFacts readClinicalFacts(
            ReadClinicalFacts.Reader reader,
            int partitions,
            RuleTable rules,
            InputLedger ledger,
            InputBuffer input,
            AlertingCounters counters) {
        return new ReadClinicalFacts(
                reader,
                new PatientPartition(partitions),
                recordingLimits(),
                catalogue.topic(TopicNames.RESOURCE_REKEYED).fullName(),
                rules,
                ledger,
                input,
                counters);
    }

    private EvaluateRulesSupplier evaluateRules(RuleTable rules, Duration keepEndedAlerts, AlertingCounters counters) {
        return new EvaluateRulesSupplier(
                new Evaluator(new UcumConversion()),
                rules,
                AlertRetention.of(keepEndedAlerts, rules),
                alertingLimits(),
                new DetectedIssueWriter(ServiceVersion.current()),
                counters);
    }

    /**
     * What a lane needs of its process's heap.
     *
     * @param patients whose states an instance may have to keep
     */
    public static MemoryPlan.LaneNeeds needs(Lane lane, StreamsConfig config, int patients) {
        ClientSettings clients = ClientSettings.of(lane.name(), config);
        return new MemoryPlan.LaneNeeds(
                Math.toIntExact(clients.number("streams", StreamsConfig.NUM_STREAM_THREADS_CONFIG)),
                lane.sources().stream().mapToInt(Topic::partitions).sum(),
                lane.sources().stream()
                        .mapToLong(MemoryPlan::largestRecord)
                        .max()
                        .orElse(0),
                clients.number("producer", ProducerConfig.BUFFER_MEMORY_CONFIG),
                clients.number("main.consumer", ConsumerConfig.FETCH_MAX_BYTES_CONFIG),
                lane.stores().isEmpty() ? 0 : patients * STATE_BYTES,
                !lane.stores().isEmpty(),
                !lane.references().isEmpty());
    }

    private InputLedger ledger(String lane) {
        return new InputLedger(
                lane, catalogue.topic(TopicNames.RESOURCE_ACCOUNTED).fullName());
    }

    private SizeLimits recordingLimits() {
        Lane recording = catalogue.lane("recording");
        return new SizeLimits(topic -> limit(recording, topic));
    }

    private EvaluateRulesSupplier.Limits alertingLimits() {
        Lane alerting = catalogue.lane("alerting");
        SizeLimit generated = limit(alerting, TopicNames.ALERT_GENERATED);
        SizeLimit current = limit(alerting, TopicNames.ALERT_CURRENT);
        return new EvaluateRulesSupplier.Limits(
                new SizeLimit(catalogue.largestChangelogRecord(alerting)),
                new SizeLimit(Math.min(generated.bytes(), current.bytes())),
                limit(alerting, TopicNames.RESOURCE_REKEYED));
    }

    private SizeLimit limit(Lane lane, String topic) {
        return new SizeLimit(catalogue.largestRecord(lane, catalogue.topic(topic)));
    }
}
