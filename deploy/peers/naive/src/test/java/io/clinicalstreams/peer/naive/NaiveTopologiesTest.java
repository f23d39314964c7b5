package io.clinicalstreams.peer.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.TopicNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison is fair only if the naive topologies do the work. */
class NaiveTopologiesTest {

    private static final String POTASSIUM = """
            {"resourceType":"Observation","id":"%s","status":"final",\
            "code":{"coding":[{"system":"http://loinc.org","code":"2823-3"}]},"subject":{"reference":"Patient/1"},\
            "valueQuantity":{"value":%s,"unit":"mmol/L","system":"http://unitsofmeasure.org","code":"mmol/L"}}""";

    @TempDir
    private Path folder;

    @Test
    void recordsWhatIsFhirUnderItsPatientsKey() {
        try (TopologyTestDriver driver = driver(NaivePeer.topology(name -> name))) {
            send(driver, "Patient/1", POTASSIUM.formatted("a", "4.1"));
            send(driver, "Patient/2", POTASSIUM.formatted("b", "4.2"));
            send(driver, "Patient/1", "no FHIR");
            send(driver, "Patient/1", "{\"resourceType\":\"Device\",\"id\":\"d\"}");

            assertThat(read(driver, TopicNames.OBSERVATION_RECORDED))
                    .singleElement()
                    .satisfies(record -> assertThat(record.value).contains("\"id\":\"a\"", "4.1"));
            assertThat(read(driver, TopicNames.RESOURCE_REKEYED))
                    .extracting(record -> record.key)
                    .containsExactly("Patient/1");
            assertThat(read(driver, TopicNames.RESOURCE_REJECTED))
                    .containsExactly(KeyValue.pair("Patient/1", "no FHIR"));
        }
    }

    @Test
    void raisesOneAlertUntilAReadingIsNotCritical() {
        try (TopologyTestDriver driver =
                driver(NaiveAlertingPeer.topology(TopicNames.RESOURCE_RECEIVED, TopicNames.ALERT_GENERATED))) {
            for (String value : List.of("4.1", "7.1", "7.2", "4.2")) {
                send(driver, "Patient/1", POTASSIUM.formatted("a" + value.replace(".", ""), value));
            }

            assertThat(read(driver, TopicNames.ALERT_GENERATED))
                    .extracting(record -> record.value)
                    .satisfiesExactly(
                            raised -> assertThat(raised).contains("preliminary", "Observation/a71"),
                            ended -> assertThat(ended).contains("final", "Observation/a42"));
        }
    }

    private TopologyTestDriver driver(Topology topology) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        return new TopologyTestDriver(topology, settings);
    }

    private static void send(TopologyTestDriver driver, String key, String value) {
        driver.createInputTopic(TopicNames.RESOURCE_RECEIVED, new StringSerializer(), new StringSerializer())
                .pipeInput(key, value);
    }

    private static List<KeyValue<String, String>> read(TopologyTestDriver driver, String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new StringDeserializer())
                .readKeyValuesToList();
    }
}
