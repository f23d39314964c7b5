package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.RuleManifest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fault in any step of a lane, in its store or a punctuation, whose message has a patient's name: the log has the
 * step and the record's coordinates, and nothing that the process writes has the name. The steps are those of the
 * topologies, so a new step without an input here fails the test.
 */
class NothingLeaksTest {

    private static final Path LANES =
            Path.of(System.getProperty("project.root", ".."), "deploy/application/src/main/resources/log4j2-lanes.xml");

    /** The branch that no outcome takes, which is a fault itself. */
    private static final Set<String> UNREACHABLE = Set.of("route-fail-without-a-branch", "fail-without-a-branch");

    private static final String STORE = "patient-state";
    private static final String STEP = ".*\"step\":\"%s\".*";

    @TempDir
    private Path folder;

    @Test
    void theServiceLogsThePlaceAndNotThePatient() throws Exception {
        assertNothingLeaks(run());
    }

    @Test
    void lanesInACommandLogThePlaceAndNotThePatient() throws Exception {
        Path file = folder.resolve("lanes.log");
        String stderr = run("-Dlog4j2.configurationFile=" + LANES, "-Dclinical-streams.log=" + file);

        assertThat(stderr).contains("error: a step failed").doesNotContain(Canary.NAME);
        assertNothingLeaks(Files.readString(file));
    }

    private static void assertNothingLeaks(String log) {
        assertThat(log).doesNotContainIgnoringCase(Canary.NAME).doesNotContain("not met");
        List<String> failed = log.lines()
                .filter(line -> line.contains("\"a step failed\"")
                        && line.contains("\"topic\":\"")
                        && line.contains("\"partition\":")
                        && line.contains("\"offset\":"))
                .toList();
        assertThat(places().keySet()).hasSizeGreaterThan(12).allSatisfy(place -> {
            boolean inAStep = !place.equals(STORE) && !place.equals(Canary.PUNCTUATION);
            String step = inAStep ? place : "evaluate-rules";
            assertThat(failed).anyMatch(line -> line.matches(STEP.formatted(step)));
        });
        assertThat(log.lines().filter(line -> line.contains("nothing handled"))).hasSize(places().size());
    }

    private static String run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AllPlaces.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    /** Each place that fails, and its lane. */
    private static Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        for (String lane : List.of("recording", "alerting")) {
            TopologyDescription topology =
                    AllPlaces.topology(lane, new RuleTable()).describe();
            Stream.concat(
                            topology.subtopologies().stream().flatMap(part -> part.nodes().stream()),
                            topology.globalStores().stream().map(TopologyDescription.GlobalStore::processor))
                    .filter(TopologyDescription.Processor.class::isInstance)
                    .map(TopologyDescription.Node::name)
                    .filter(step -> !UNREACHABLE.contains(step))
                    .forEach(step -> places.put(step, lane));
        }
        places.put(STORE, "alerting");
        places.put(Canary.PUNCTUATION, "alerting");
        return places;
    }

    /** A process in which each place fails, one after another, on a thread as Kafka's. */
    static final class AllPlaces {

        private static final Catalogue CATALOGUE = CatalogueLoader.load("development");
        private static final List<AlertRule> RULES = AlertRuleYaml.load();
        private static final String LOAD_RULES = "load-rules";

        public static void main(String[] arguments) throws InterruptedException {
            ThreadFailures.ofAllThreads();
            for (Map.Entry<String, String> place : places().entrySet()) {
                Thread thread = new Thread(() -> fail(place.getKey(), place.getValue()), "stream");
                thread.start();
                thread.join();
            }
        }

        private static void fail(String place, String lane) {
            RuleTable rules = new RuleTable();
            if (place.equals(LOAD_RULES)) {
                // Kafka wraps no processor of a global store.
                rules.onChange(() -> {
                    throw new IllegalStateException(Canary.NAME);
                });
            }
            try (TopologyTestDriver driver =
                    new TopologyTestDriver(topology(lane, rules), settings(lane), Instant.now())) {
                if (lane.equals("alerting")) {
                    loadRules(driver);
                }
                feed(driver, place);
                driver.advanceWallClockTime(Duration.ofSeconds(1));
                System.err.println("not met: " + place.length());
            } catch (RuntimeException failure) {
                // As a stream thread: the handler decides, and the failure is thrown again.
                new ThreadFailures(lane, new ThreadBudget(100, Duration.ofMinutes(1), InstantSource.system()))
                        .handle(failure);
                throw failure;
            }
        }

        private static void loadRules(TopologyTestDriver driver) {
            var topic = driver.createInputTopic(
                    CATALOGUE.topic(TopicNames.ALERT_RULE).fullName(),
                    new StringSerializer(),
                    new ByteArraySerializer());
            Map<String, String> versions = new LinkedHashMap<>();
            RULES.forEach(rule -> {
                topic.pipeInput(rule.id(), AlertRuleJson.write(rule));
                versions.put(rule.id(), rule.version());
            });
            topic.pipeInput(
                    RuleManifest.keyOf(RuleManifest.CURATED),
                    RuleManifest.of(RuleManifest.CURATED, versions).toJson());
        }

        /** Sends the input that reaches the place, under a key that makes it fail. */
        private static void feed(TopologyTestDriver driver, String place) {
            String id = Canary.keyFor(place);
            String patient = "Patient/" + id;
            String key = place.equals("route-send-again-under-the-patients-key") ? "Patient/another" : patient;
            String value =
                    switch (place) {
                        case "route-quarantine" -> "no JSON";
                        case "route-record-encounters" ->
                            "{'resourceType':'Encounter','status':'planned','class':{'code':'AMB'},'subject':{'reference':'"
                                    + patient + "'}}";
                        case "route-record-medication-requests" ->
                            "{'resourceType':'MedicationRequest','status':'active','intent':'order',"
                                    + "'medicationCodeableConcept':{'text':'x'},'subject':{'reference':'" + patient
                                    + "'}}";
                        case "route-record-medication-knowledge" ->
                            "{'resourceType':'MedicationKnowledge','code':{'coding':[{'system':'urn:s','code':'" + id
                                    + "'}]}}";
                        default ->
                            "{'resourceType':'Observation','id':'" + id
                                    + "','status':'final','code':{'coding':[{'system':"
                                    + "'http://loinc.org','code':'2823-3'}]},'subject':{'reference':'" + patient
                                    + "'},'effectiveDateTime':'" + Instant.now()
                                    + "','valueQuantity':{'value':7.1,'unit':"
                                    + "'mmol/L','system':'http://unitsofmeasure.org','code':'mmol/L'}}";
                    };
            driver.createInputTopic(
                            CATALOGUE.topic(TopicNames.RESOURCE_RECEIVED).fullName(),
                            new StringSerializer(),
                            new ByteArraySerializer())
                    .pipeInput(key, value.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }

        private static Properties settings(String lane) {
            Properties settings = new Properties();
            settings.putAll(CATALOGUE.lane(lane).settings().plain());
            settings.put(StreamsConfig.APPLICATION_ID_CONFIG, lane);
            settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
            settings.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, Canary.class.getName());
            String handler = FailWithCoordinates.class.getName();
            settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
            settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
            settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
            settings.put("processing.exception.handler.global.enabled", "true");
            return settings;
        }

        static Topology topology(String lane, RuleTable rules) {
            TopologyConfig config = new TopologyConfig(new StreamsConfig(settings(lane)));
            LaneBlueprint blueprint = new LaneBlueprint(CATALOGUE, new SimpleMeterRegistry());
            return lane.equals("recording")
                    ? blueprint.recording(config, 1).topology()
                    : blueprint.alerting(config, 1, rules, Duration.ofHours(1)).topology();
        }

        private AllPlaces() {}
    }
}
