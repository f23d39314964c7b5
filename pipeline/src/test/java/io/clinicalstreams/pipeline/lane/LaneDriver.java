package io.clinicalstreams.pipeline.lane;

import io.clinicalstreams.pipeline.runtime.LaneBlueprint;
import io.clinicalstreams.pipeline.step.Outcome;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** A lane on the test driver, which has one partition: every key hashes to it. */
final class LaneDriver implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final Catalogue CATALOGUE = CatalogueLoader.load("development");

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final RuleTable rules = new RuleTable();
    private final TopologyTestDriver driver;

    LaneDriver(String lane) {
        Properties settings = settings(lane);
        TopologyConfig config = new TopologyConfig(new StreamsConfig(settings));
        LaneBlueprint blueprint = new LaneBlueprint(CATALOGUE, registry);
        LaneBlueprint.BuiltLane built = lane.equals("recording")
                ? blueprint.recording(config, 1)
                : blueprint.alerting(config, 1, rules, Duration.ofHours(1));
        driver = new TopologyTestDriver(built.topology(), settings, NOW);
    }

    private LaneDriver(ProcessorSupplier<byte[], byte[], byte[], Outcome> step) {
        Properties settings = settings("recording");
        TopologyConfig config = new TopologyConfig(new StreamsConfig(settings));
        Topology topology = new RecordingLane(new ClinicalTopics(CATALOGUE), step).build(config);
        driver = new TopologyTestDriver(topology, settings, NOW);
    }

    /** The recording lane with another step. */
    static LaneDriver recording(ProcessorSupplier<byte[], byte[], byte[], Outcome> step) {
        return new LaneDriver(step);
    }

    private Properties settings(String lane) {
        Properties settings = new Properties();
        settings.putAll(CATALOGUE.lane(lane).settings().plain());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, lane);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        return settings;
    }

    TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(
                CATALOGUE.topic(topic).fullName(),
                new StringSerializer(),
                new ByteArraySerializer(),
                NOW,
                Duration.ZERO);
    }

    TestOutputTopic<String, byte[]> output(String topic) {
        return driver.createOutputTopic(
                CATALOGUE.topic(topic).fullName(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    TopologyTestDriver driver() {
        return driver;
    }

    double count(String counter, String tag, String value) {
        return registry.find(counter).tag(tag, value).counters().stream()
                .mapToDouble(c -> c.count())
                .sum();
    }

    @Override
    public void close() {
        driver.close();
    }
}
