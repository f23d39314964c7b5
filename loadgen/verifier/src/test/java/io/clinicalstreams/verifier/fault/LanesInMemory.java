package io.clinicalstreams.verifier.fault;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import io.clinicalstreams.pipeline.runtime.LaneBlueprint;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.RuleManifest;
import io.clinicalstreams.topics.wire.HeaderNames;
import io.clinicalstreams.verifier.RunVerdict;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.VerifiedTopic;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * Both lanes of the real pipeline on test drivers, with one partition for each topic, and everything that was written,
 * as topics in memory. A {@link Plant} gets the real steps when the topologies are built.
 */
final class LanesInMemory implements AutoCloseable {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static final Catalogue CATALOGUE = CatalogueLoader.load("development");
    private static final List<AlertRule> RULES = AlertRuleYaml.load();
    private static final Duration APART = Duration.ofMillis(100);

    /** Open alerts end without a reading meanwhile. */
    private static final Duration PAUSE = Duration.ofDays(10);

    private static final int AFTER_THE_PAUSE = 100;

    final MemoryTopics topics = new MemoryTopics();
    final VerifiedTopics verified;
    final SimpleMeterRegistry registry;
    private final TopologyTestDriver recording;
    private final TopologyTestDriver alerting;
    private boolean updatesRules = true;

    private LanesInMemory(@Nullable Plant plant) {
        verified = onePartitionEach(VerifiedTopics.of(CATALOGUE));
        registry = plant == null ? new SimpleMeterRegistry() : plant.registry();
        LaneBlueprint blueprint = new LaneBlueprint(CATALOGUE, registry);
        recording = driver("recording", plant, config -> blueprint.recording(config, 1));
        alerting = driver(
                "alerting", plant, config -> blueprint.alerting(config, 1, new RuleTable(), Duration.ofHours(1)));
    }

    /** The lanes after this input. */
    static LanesInMemory run(List<Generated> input, @Nullable Plant plant) {
        return run(input, plant, List.of());
    }

    /** The same with rules of another owner. */
    static LanesInMemory run(List<Generated> input, @Nullable Plant plant, List<AlertRule> more) {
        try (LanesInMemory lanes = new LanesInMemory(plant)) {
            more.forEach(
                    rule -> lanes.writeRule(rule.id(), AlertRuleJson.write(rule), START.minus(Duration.ofHours(2))));
            lanes.writeRules(
                    START.minus(Duration.ofHours(2)),
                    RULES.stream().map(LanesInMemory::earlierVersion).toList());
            lanes.updatesRules = plant == null || plant.updatesRules();
            lanes.writeRules(START.minus(Duration.ofHours(1)), RULES);
            input.forEach(lanes::send);
            lanes.collect();
            return lanes;
        }
    }

    /**
     * Everything that the generator can send, with a pause near its end, and corrections of what was sent.
     *
     * @param merged fraction of the records that replace a patient by another one
     */
    static List<Generated> input(int records, long seed, double merged) {
        Generator generator = new Generator(
                Scenario.of("everything")
                        .withSeed(seed)
                        .withPatients(40)
                        .with(Share.CRITICAL, 0.15)
                        .with(Share.MALFORMED, 0.05)
                        .with(Share.MISKEYED, 0.1)
                        .with(Share.BUNDLES, 0.03)
                        .with(Share.MERGED, merged),
                1);
        ChangedPast past = new ChangedPast(seed);
        return IntStream.range(0, records)
                .mapToObj(i -> generator.next(
                        START.plus(APART.multipliedBy(i)).plus(i < records - AFTER_THE_PAUSE ? Duration.ZERO : PAUSE)))
                .flatMap(past::around)
                .toList();
    }

    RunVerdict verdict() {
        return RunVerdict.of(topics, verified, Mark.BEGINNING, -1, true);
    }

    private TopologyTestDriver driver(String lane, @Nullable Plant plant, Built built) {
        Properties settings = new Properties();
        settings.putAll(CATALOGUE.lane(lane).settings().plain());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, lane);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        if (plant != null) {
            settings.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, Plant.class);
            settings.put(Plant.CONFIG, plant);
        }
        Topology topology =
                built.by(new TopologyConfig(new StreamsConfig(settings))).topology();
        return new TopologyTestDriver(topology, settings, START);
    }

    private interface Built {
        LaneBlueprint.BuiltLane by(TopologyConfig config);
    }

    private static VerifiedTopics onePartitionEach(VerifiedTopics topics) {
        return new VerifiedTopics(
                onePartition(topics.received()),
                onePartition(topics.rekeyed()),
                onePartition(topics.rejected()),
                topics.recorded().stream().map(LanesInMemory::onePartition).toList(),
                onePartition(topics.alertsGenerated()),
                onePartition(topics.alertsCurrent()),
                onePartition(topics.alertRules()),
                onePartition(topics.accounted()),
                topics.fhir());
    }

    private static VerifiedTopic onePartition(VerifiedTopic topic) {
        return new VerifiedTopic(topic.name(), topic.fullName(), 1, topic.maxBytes());
    }

    private static AlertRule earlierVersion(AlertRule rule) {
        return new AlertRule(
                rule.id(),
                "000000000001",
                rule.title(),
                rule.analyte(),
                rule.source(),
                rule.maxAge(),
                rule.coolDown(),
                rule.age(),
                rule.content());
    }

    private void writeRules(Instant at, List<AlertRule> rules) {
        rules.forEach(rule -> writeRule(rule.id(), AlertRuleJson.write(rule), at));
        Map<String, String> versions = rules.stream().collect(Collectors.toMap(AlertRule::id, AlertRule::version));
        writeRule(
                RuleManifest.keyOf(RuleManifest.CURATED),
                RuleManifest.of(RuleManifest.CURATED, versions).toJson(),
                at);
    }

    private void writeRule(String key, byte[] value, Instant at) {
        if (updatesRules) {
            pipe(alerting, verified.alertRules(), MemoryTopics.bytes(key), value, new RecordHeaders(), at);
        }
        topics.append(verified.alertRules(), 0, key, value, new RecordHeaders(), at.toEpochMilli());
    }

    private void send(Generated input) {
        Headers headers = new RecordHeaders()
                .add(
                        HeaderNames.SENT_AT,
                        MemoryTopics.bytes(Long.toString(input.at().toEpochMilli() * 1_000)));
        topics.append(
                verified.received(),
                0,
                text(input.key()),
                input.value(),
                headers,
                input.at().toEpochMilli());
        pipe(recording, verified.received(), input.key(), input.value(), headers, input.at());
        pipe(alerting, verified.received(), input.key(), input.value(), headers, input.at());
        forwarded();
        for (TestRecord<byte[], byte[]> again :
                output(recording, verified.rekeyed()).readRecordsToList()) {
            append(verified.rekeyed(), again);
            pipe(alerting, verified.rekeyed(), again.key(), again.value(), again.headers(), again.getRecordTime());
        }
        forwarded();
    }

    /** The driver has passed it on to the alerting lane itself. */
    private void forwarded() {
        for (TestRecord<byte[], byte[]> record :
                output(alerting, verified.rekeyed()).readRecordsToList()) {
            append(verified.rekeyed(), record);
            pipe(recording, verified.rekeyed(), record.key(), record.value(), record.headers(), record.getRecordTime());
        }
    }

    private void collect() {
        List<VerifiedTopic> recorded = new ArrayList<>(verified.recorded());
        recorded.add(verified.rejected());
        recorded.forEach(
                topic -> output(recording, topic).readRecordsToList().forEach(record -> append(topic, record)));
        for (VerifiedTopic topic : List.of(verified.alertsGenerated(), verified.alertsCurrent())) {
            output(alerting, topic).readRecordsToList().forEach(record -> append(topic, record));
        }
    }

    private void append(VerifiedTopic topic, TestRecord<byte[], byte[]> record) {
        topics.append(
                topic,
                0,
                text(record.key()),
                record.value(),
                record.headers(),
                record.getRecordTime().toEpochMilli());
    }

    private static void pipe(
            TopologyTestDriver driver,
            VerifiedTopic topic,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers,
            Instant at) {
        driver.createInputTopic(topic.fullName(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, at));
    }

    private static TestOutputTopic<byte[], byte[]> output(TopologyTestDriver driver, VerifiedTopic topic) {
        return driver.createOutputTopic(topic.fullName(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static @Nullable String text(byte @Nullable [] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        recording.close();
        alerting.close();
    }
}
