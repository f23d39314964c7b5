package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timeouts that one lane derives from those of all lanes. */
class LaneSettingsTest {

    @ParameterizedTest
    @CsvSource({"production,30", "staging,30", "development,30"})
    void aLaneIsPatientForTheTransactionsOfTheOthers(String environment, int seconds) {
        assertThat(of(environment, Map.of()).patience()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aTimeoutThatTheServiceOverridesCountsForAllLanes() {
        assertThat(of("production", Map.of("kafka.transaction.timeout.ms", "2000"))
                        .patience())
                .isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void theLongestSessionIsThatOfAnyLane() {
        assertThat(of("production", Map.of("lanes", "alerting")).longestSession())
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void otherStandbysThanTheEnvironmentHasAreSaid() {
        assertThat(standbys(of("production", Map.of()))).isEmpty();
        assertThat(standbys(of("production", Map.of("kafka.num.standby.replicas", "2"))))
                .contains("num.standby.replicas is 2, but topics size computes with standby-replicas: 1 of"
                        + " environments/production.yaml");
    }

    private static Optional<String> standbys(LaneSettings settings) {
        Catalogue catalogue = settings.catalogue();
        return new StartupChecks(settings, catalogue)
                .otherStandbys(new StreamsConfig(settings.of(catalogue.lane("alerting"))));
    }

    private static LaneSettings of(String environment, Map<String, String> more) {
        Map<String, String> given = new HashMap<>(Map.of("bootstrap-servers", "localhost:9092"));
        given.put("environment", environment);
        given.putAll(more);
        return new LaneSettings(
                PipelineConfig.of(SettingLayers.of(given, Map.of(), null)), CatalogueLoader.load(environment));
    }
}
