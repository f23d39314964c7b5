package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.pipeline.alert.UcumConversion;
import io.clinicalstreams.pipeline.fhir.Depth;
import io.clinicalstreams.pipeline.fhir.ReaderSettings;
import io.clinicalstreams.pipeline.fhir.ResourceReader;
import io.clinicalstreams.pipeline.lane.AlertingLane;
import io.clinicalstreams.pipeline.lane.ClinicalTopics;
import io.clinicalstreams.pipeline.lane.RecordingLane;
import io.clinicalstreams.pipeline.step.AlertMemory;
import io.clinicalstreams.pipeline.step.AlertingCounters;
import io.clinicalstreams.pipeline.step.Destination;
import io.clinicalstreams.pipeline.step.EvaluateRulesSupplier;
import io.clinicalstreams.pipeline.step.PatientAddress;
import io.clinicalstreams.pipeline.step.ReadClinicalFacts;
import io.clinicalstreams.pipeline.step.RecordingCounters;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.pipeline.step.SizeLimit;
import io.clinicalstreams.pipeline.step.SizeLimits;
import io.clinicalstreams.pipeline.step.SplitAndValidate;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.TopicNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/**
 * Puts a lane's topology together from the catalogue: which step gets which topic, limit and counter. Usable without a
 * service, for a test driver or a benchmark.
 */
public final class LaneBlueprint {

    private static final Map<Destination, String> TOPICS = new EnumMap<>(Map.of(
            Destination.OBSERVATIONS, TopicNames.OBSERVATION_RECORDED,
            Destination.MEDICATION_REQUESTS, TopicNames.MEDICATION_REQUESTED,
            Destination.ENCOUNTERS, TopicNames.ENCOUNTER_CHANGED,
            Destination.MEDICATION_CATALOG, TopicNames.MEDICATION_CATALOG,
            Destination.REKEYED, TopicNames.RESOURCE_REKEYED,
            Destination.REJECTED, TopicNames.RESOURCE_REJECTED));

    private static final String CHANGELOG_LIMIT = StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);

    /** Kafka's own, for a catalogue that does not say it. */
    private static final String CHANGELOG_LIMIT_BY_DEFAULT = "1048588";

    private final Catalogue catalogue;
    private final ReaderSettings reading;
    private final MeterRegistry registry;

    public LaneBlueprint(Catalogue catalogue, ReaderSettings reading, MeterRegistry registry) {
        this.catalogue = catalogue;
        this.reading = reading;
        this.registry = registry;
    }

    /** @param partitions how many partitions the input topics really have */
    public Topology recording(TopologyConfig config, int partitions) {
        PatientAddress address = new PatientAddress(partitions);
        SizeLimits limits = recordingLimits();
        RecordingCounters counters = new RecordingCounters(registry);
        String rekeyed = catalogue.topic(TopicNames.RESOURCE_REKEYED).fullName();
        return new RecordingLane(
                        new ClinicalTopics(catalogue),
                        () -> new SplitAndValidate(
                                new ResourceReader(reading, Depth.ROUTING), address, limits, rekeyed, counters))
                .build(config);
    }

    /**
     * @param partitions how many partitions the input topics really have
     * @param keepEndedAlerts at least for so long, and for longer when a rule looks back further
     */
    public Topology alerting(TopologyConfig config, int partitions, RuleTable rules, Duration keepEndedAlerts) {
        PatientAddress address = new PatientAddress(partitions);
        SizeLimits recording = recordingLimits();
        AlertingCounters counters = new AlertingCounters(registry);
        String rekeyed = catalogue.topic(TopicNames.RESOURCE_REKEYED).fullName();
        return new AlertingLane(
                        new ClinicalTopics(catalogue),
                        rules,
                        () -> new ReadClinicalFacts(
                                new ResourceReader(reading, Depth.CLINICAL), address, recording, rekeyed, counters),
                        new EvaluateRulesSupplier(
                                rules,
                                new UcumConversion(),
                                AlertMemory.of(keepEndedAlerts, rules),
                                alertingLimits(),
                                ServiceVersion.current(),
                                counters))
                .build(config);
    }

    private SizeLimits recordingLimits() {
        Lane recording = catalogue.lane("recording");
        Map<Destination, SizeLimit> limits = new EnumMap<>(Destination.class);
        TOPICS.forEach((destination, topic) -> limits.put(destination, limit(recording, largestMessage(topic))));
        return new SizeLimits(limits);
    }

    private EvaluateRulesSupplier.Limits alertingLimits() {
        Lane alerting = catalogue.lane("alerting");
        int largestState = Integer.parseInt(
                catalogue.streamsSettings(alerting).getOrDefault(CHANGELOG_LIMIT, CHANGELOG_LIMIT_BY_DEFAULT));
        int largestAlert =
                Math.min(largestMessage(TopicNames.ALERT_GENERATED), largestMessage(TopicNames.ALERT_CURRENT));
        return new EvaluateRulesSupplier.Limits(limit(alerting, largestState), limit(alerting, largestAlert));
    }

    private int largestMessage(String topic) {
        return Integer.parseInt(
                catalogue.topicSettings(catalogue.topic(topic)).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
    }

    /** What a topic takes, and what the lane's producer sends. */
    private SizeLimit limit(Lane lane, int largestMessage) {
        int largestRequest = Integer.parseInt(catalogue
                .streamsSettings(lane)
                .getOrDefault(
                        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                        String.valueOf(ProducerConfig.configDef()
                                .defaultValues()
                                .get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG))));
        return new SizeLimit(Math.min(largestMessage, largestRequest));
    }
}
