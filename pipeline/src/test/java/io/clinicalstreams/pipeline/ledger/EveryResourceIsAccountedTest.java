package io.clinicalstreams.pipeline.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.pipeline.runtime.LaneBlueprint;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

/** Whatever a lane receives, it counts each resource once, under one outcome. */
class EveryResourceIsAccountedTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OBSERVATION = """
            {"resourceType":"Observation","id":"o","status":"final","code":{"coding":[{"system":"http://loinc.org",\
            "code":"2823-3"}]},"subject":{"reference":"Patient/1"},"effectiveDateTime":"2026-03-01T11:59:00Z"}""";
    private static final String ENCOUNTER = """
            {"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/1"}}""";
    private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"1\"}";
    private static final String BUNDLE =
            "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":%s},{\"resource\":%s},{\"resource\":{}}]}"
                    .formatted(OBSERVATION, PATIENT);

    private final Catalogue catalogue = CatalogueLoader.load("development");
    private final LaneBlueprint blueprint = new LaneBlueprint(catalogue, new SimpleMeterRegistry());

    @Test
    void byTheRecordingLane() throws IOException {
        Properties settings = settings("recording");

        JsonNode account = account(blueprint.recording(new TopologyConfig(new StreamsConfig(settings)), 1), settings);

        assertThat(account.path("records").asLong()).isEqualTo(8);
        assertThat(account.path("outcomes").toString())
                .isEqualTo("{\"recorded\":{\"administrative.encounter.changed\":1,\"clinical.observation.recorded\":2},"
                        + "\"rekeyed\":{\"clinical.resource.rekeyed\":1},"
                        + "\"rejected\":{\"MISSING_RESOURCE_TYPE\":1,\"NOT_AN_OBJECT\":1,\"NULL_VALUE\":1},"
                        + "\"ignored\":{\"EmptyBundle\":1,\"Patient\":2}}");
    }

    @Test
    void byTheAlertingLane() throws IOException {
        Properties settings = settings("alerting");

        JsonNode account = account(
                blueprint.alerting(
                        new TopologyConfig(new StreamsConfig(settings)), 1, new RuleTable(), Duration.ofHours(1)),
                settings);

        assertThat(account.path("records").asLong()).isEqualTo(8);
        assertThat(account.path("outcomes").toString())
                .isEqualTo("{\"rekeyed\":{\"clinical.resource.rekeyed\":1},\"evaluated\":{\"Observation\":2},"
                        + "\"learned\":{\"Patient\":2},"
                        + "\"passed-over\":{\"Encounter\":1,\"ignored\":1,\"rejected\":3}}");
        assertThat(account.path("findings").toString()).isEqualTo("{\"not-evaluated\":{\"no-rule\":2}}");
    }

    /** Each of the resources has one outcome. */
    private JsonNode account(LaneBlueprint.BuiltLane lane, Properties settings) throws IOException {
        TopicPartition source =
                new TopicPartition(catalogue.topic(TopicNames.RESOURCE_RECEIVED).fullName(), 0);
        lane.ledger().begin(Map.of(source, new OffsetAndMetadata(0)));
        try (TopologyTestDriver driver = new TopologyTestDriver(lane.topology(), settings)) {
            TestInputTopic<String, String> input =
                    driver.createInputTopic(source.topic(), new StringSerializer(), new StringSerializer());
            input.pipeInput("Patient/1", OBSERVATION);
            input.pipeInput("Patient/2", OBSERVATION);
            input.pipeInput("Patient/1", ENCOUNTER);
            input.pipeInput("Patient/1", PATIENT);
            input.pipeInput("Patient/1", BUNDLE);
            input.pipeInput("Patient/1", "{\"resourceType\":\"Bundle\",\"type\":\"batch\"}");
            input.pipeInput("Patient/1", "7");
            input.pipeInput("Patient/1", (String) null);
        }
        for (var written : lane.ledger().close(Map.of(source, new OffsetAndMetadata(8)))) {
            JsonNode account = JSON.readTree(written.value());
            if (account.path("topic").asText().equals(source.topic())) {
                long outcomes = 0;
                for (JsonNode group : account.path("outcomes")) {
                    for (JsonNode count : group) {
                        outcomes += count.asLong();
                    }
                }
                assertThat(outcomes)
                        .isEqualTo(account.path("resources").asLong())
                        .isEqualTo(10);
                return account;
            }
        }
        throw new AssertionError("nothing is accounted for");
    }

    private Properties settings(String lane) {
        Properties settings = new Properties();
        settings.putAll(catalogue.lane(lane).settings().plain());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, lane);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        return settings;
    }
}
