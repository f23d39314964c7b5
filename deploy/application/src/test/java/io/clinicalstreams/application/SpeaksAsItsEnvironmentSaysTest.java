package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.pipeline.runtime.PipelineConfig;
import io.clinicalstreams.pipeline.runtime.PipelineService;
import io.clinicalstreams.pipeline.runtime.SettingLayers;
import io.clinicalstreams.topics.problem.CommandException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without credentials a production service refuses to start instead of connecting in plaintext. */
class SpeaksAsItsEnvironmentSaysTest {

    @TempDir
    private Path folder;

    @Test
    void asksForALoginInProduction() {
        assertThatThrownBy(() -> start(Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessage("environments/production.yaml requires SASL_SSL with SCRAM-SHA-512: give the credentials"
                        + " with --command-config FILE");
    }

    @Test
    void refusesAMalformedLoginWithoutQuotingIt() {
        assertThatThrownBy(() -> start(Map.of("kafka.sasl.jaas.config", "x.Y secretpw;")))
                .isInstanceOf(CommandException.class)
                .hasMessage("sasl.jaas.config in the service's settings (kafka:, or --command-config) is malformed");
    }

    @Test
    void usesAnotherProtocolIfSet() {
        Map<String, String> open = Map.of(
                "kafka.security.protocol", "PLAINTEXT",
                "kafka.request.timeout.ms", "300",
                "kafka.default.api.timeout.ms", "500");

        assertThatThrownBy(() -> start(open))
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("the cluster cannot be reached at localhost:1")
                .hasMessageNotContaining("credentials");
    }

    /** No broker listens there. */
    private PipelineService start(Map<String, String> more) throws InterruptedException {
        Map<String, String> flags = new HashMap<>(Map.of(
                "bootstrap-servers",
                "localhost:1",
                "environment",
                "production",
                "lanes",
                "alerting",
                "instance-id",
                "ward",
                "state-directory",
                folder.toString(),
                "http-port",
                "0"));
        flags.putAll(more);
        return PipelineService.start(PipelineConfig.of(SettingLayers.of(flags, Map.of(), null)));
    }
}
