package io.clinicalstreams.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.pipeline.fhir.ResourceReader;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.pipeline.runtime.LaneBlueprint;
import io.clinicalstreams.topics.TopicNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** The lane, as Kafka Streams runs it, and a trial give the same alerts for the same input, byte for byte. */
class LaneAndTrialAgreeTest {

    private final LaneBlueprint blueprint = new LaneBlueprint(TrialInput.CATALOGUE, new SimpleMeterRegistry());
    private final ReceivedTimes times = new ReceivedTimes(TrialInput.NOW);
    private final Map<String, Long> received = new HashMap<>();

    @Test
    void laneAndTrialGiveTheSameAlerts() {
        List<Generated> input = TrialInput.generated(6_000);

        TrialInput.Result trial = TrialInput.evaluate(TrialInput.documents(input));

        Map<String, List<String>> lane = lane(input);
        assertThat(trial.alerts()).hasSizeGreaterThan(20).isEqualTo(lane);
        assertThat(lane.values().stream().flatMap(List::stream))
                .anyMatch(alert -> alert.contains("\"valueCode\":\"ended\""))
                .anyMatch(alert -> alert.contains("\"valueCode\":\"escalated\""))
                .anyMatch(alert -> alert.contains("\"valueCode\":\"resolved\""));
        assertThat(trial.summary().isAccounted()).isTrue();
    }

    private Map<String, List<String>> lane(List<Generated> input) {
        Properties settings = new Properties();
        settings.putAll(TrialInput.CATALOGUE.lane("alerting").settings().plain());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "alerting");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        TopologyConfig config = new TopologyConfig(new StreamsConfig(settings));
        LaneBlueprint.BuiltLane lane = blueprint.alerting(config, 1, TrialRules.of(List.of()), Duration.ofDays(2));
        try (TopologyTestDriver driver = new TopologyTestDriver(lane.topology(), settings, TrialInput.START)) {
            TestInputTopic<byte[], byte[]> topic = driver.createInputTopic(
                    TrialInput.CATALOGUE.topic(TopicNames.RESOURCE_RECEIVED).fullName(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            ResourceReader reader = blueprint.clinicalReader();
            input.forEach(record -> topic.pipeInput(
                    new TestRecord<>(record.key(), record.value(), at(record, reader.read(record.value())))));
            TestOutputTopic<byte[], byte[]> alerts = driver.createOutputTopic(
                    TrialInput.CATALOGUE.topic(TopicNames.ALERT_GENERATED).fullName(),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            Map<String, List<String>> byPatient = new LinkedHashMap<>();
            alerts.readRecordsToList().forEach(alert -> byPatient
                    .computeIfAbsent(TrialInput.text(alert.key()), patient -> new ArrayList<>())
                    .add(TrialInput.text(Objects.requireNonNull(alert.value()))));
            return byPatient;
        }
    }

    /** When the record was known, but not before an earlier one of its patient. */
    private Instant at(Generated record, List<ReadResource> resources) {
        long known = 0;
        for (ReadResource resource : resources) {
            if (resource.finding() instanceof Finding.Routed routed && routed.observation() != null) {
                Instant of = times.of(routed.observation());
                known = of == null ? known : Math.max(known, of.toEpochMilli());
            }
        }
        if (known == 0) {
            return record.at();
        }
        return Instant.ofEpochMilli(
                received.merge(TrialInput.text(Objects.requireNonNull(record.key())), known, Math::max));
    }
}
