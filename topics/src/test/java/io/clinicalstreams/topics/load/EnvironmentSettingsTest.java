package io.clinicalstreams.topics.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.FhirSettings.Validation;
import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.Origin;
import io.clinicalstreams.topics.setting.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that follow from an environment's disks and brokers reach topics and clients without being repeated. */
class EnvironmentSettingsTest {

    private static final String FAST = "profiles/fast.yaml";
    private static final String SEEN = "clinical.thing.seen";
    private static final String TEST = "environments/test.yaml";

    private final SmallCatalogue catalogue;

    EnvironmentSettingsTest(@TempDir Path folder) throws IOException {
        this.catalogue = SmallCatalogue.in(folder);
    }

    @ParameterizedTest
    @CsvSource({"2147483639, false", "1000000, true"})
    void removesASettingThatOlderBrokersDoNotKnow(String value, boolean stays) throws IOException {
        catalogue.replace(FAST, "topic:\n", """
                topic:
                  max.decompressed.message.bytes: {value: 950000, why: Enough., evidence: pending}
                """);
        catalogue.append(TEST, """
                  clinical.thing.seen:
                    settings:
                      max.decompressed.message.bytes: {value: %s, why: Old brokers., evidence: pending}
                """.formatted(value));

        assertThat(seen().settings().get("max.decompressed.message.bytes").isPresent())
                .isEqualTo(stays);
    }

    @ParameterizedTest
    @CsvSource({"retention.ms, 7200000", "segment.ms, 3600000"})
    void capsARetentionThatIsLeftToKafka(String setting, String written) throws IOException {
        catalogue.replace(FAST, setting + ": {value: " + written, "flush.ms: {value: " + written);
        catalogue.append(TEST, "retention-at-most: PT2H\n");

        EffectiveSetting capped = seen().settings().get(setting).orElseThrow();

        assertThat(capped.value()).isEqualTo("7200000");
        assertThat(capped.origin()).isEqualTo(Origin.ENVIRONMENT);
        assertThat(capped.path()).isEqualTo("retention-at-most");
        assertThat(capped.setting().why()).contains("Elsewhere 604800000 ms: Kafka's default.");
        assertThat(capped.setting().isPending()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pending                                    | pending
            pending; so much is known                  | pending; of the value elsewhere: pending; so much is known
            documentation: Kafka, topic configs, a page | pending; of the value elsewhere: documentation: Kafka, topic configs, a page
            """)
    void doesNotSettleACapByWhatIsSaidOfAnotherValue(String evidence, String ofTheCap) throws IOException {
        catalogue.replace(
                FAST,
                "retention.ms: {value: 7200000, why: Two hours., evidence: pending}",
                "retention.ms: {value: 7200000, why: Two hours., evidence: \"" + evidence + "\"}");
        catalogue.append(TEST, "retention-at-most: PT1H\n");

        Setting capped = seen().settings().get("retention.ms").orElseThrow().setting();

        assertThat(capped.value()).isEqualTo("3600000");
        assertThat(capped.evidence()).isEqualTo(ofTheCap);
        assertThat(capped.isPending()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            compact        | 7200000
            compact,delete | 3600000
            """)
    void capsWhateverIsDeletedByAgeAndNoTable(String policy, String retention) throws IOException {
        catalogue.append("catalogue/" + SEEN + ".yaml", """
                settings:
                  cleanup.policy: {value: "%s", why: A table., evidence: pending}
                """.formatted(policy));
        catalogue.append(TEST, "retention-at-most: PT1H\n");

        assertThat(seen().settings().plain()).containsEntry("retention.ms", retention);
    }

    @Test
    void givesEveryClientTheBrokersProtocol() throws IOException {
        catalogue.replace(TEST, "{protocol: PLAINTEXT}", "{protocol: SASL_SSL, mechanism: SCRAM-SHA-512}");
        Catalogue loaded = catalogue.load();
        Map<String, String> asked = Map.of("security.protocol", "SASL_SSL", "sasl.mechanism", "SCRAM-SHA-512");

        assertThat(loaded.topic(SEEN).producer().plain()).containsAllEntriesOf(asked);
        assertThat(loaded.topic(SEEN).consumer().plain()).containsAllEntriesOf(asked);
        assertThat(loaded.lane("seeing").settings().plain()).containsAllEntriesOf(asked);
        assertThat(loaded.topic(SEEN).settings().plain()).doesNotContainKeys("security.protocol", "sasl.mechanism");
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "production"})
    void isHandedByStreamsToEachOfALanesClients(String environment) {
        Catalogue real = CatalogueLoader.load(environment);
        Map<String, Object> settings =
                new HashMap<>(real.lane("alerting").settings().plain());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "any");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        StreamsConfig config = new StreamsConfig(settings);

        assertThat(List.of(
                        config.getProducerConfigs("any"),
                        config.getMainConsumerConfigs("any", "any", 1),
                        config.getRestoreConsumerConfigs("any"),
                        config.getGlobalConsumerConfigs("any"),
                        config.getAdminConfigs("any")))
                .allSatisfy(client -> assertThat(client)
                        .containsEntry("security.protocol", "SASL_SSL")
                        .containsEntry("sasl.mechanism", "SCRAM-SHA-512"));
    }

    @Test
    void showsHowFhirIsRead() throws IOException {
        assertThat(catalogue.load().where().fhir()).isEqualTo(FhirSettings.DEFAULT);

        catalogue.append(TEST, """
                fhir:
                  base-urls: [https://ours.example, https://ours.example/fhir/]
                  zone: Europe/Berlin
                  validation: full
                  other-base-urls: [https://theirs.example]
                """);
        FhirSettings fhir = catalogue.load().where().fhir();

        assertThat(fhir.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(fhir.validation()).isEqualTo(Validation.FULL);
        assertThat(fhir.baseUrls())
                .as("each with a slash, the longest first")
                .containsExactly("https://ours.example/fhir/", "https://ours.example/");
        assertThat(fhir.otherBaseUrls()).containsExactly("https://theirs.example/");
    }

    @Test
    void tellsClientsToUsePlaintext() {
        Catalogue loaded = catalogue.load();

        assertThat(loaded.lane("seeing").settings().plain())
                .containsEntry("security.protocol", "PLAINTEXT")
                .doesNotContainKey("sasl.mechanism");
    }

    private Topic seen() {
        return catalogue.load().topic(SEEN);
    }
}
