package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.pipeline.runtime.PipelineConfig;
import io.clinicalstreams.pipeline.runtime.PipelineService;
import io.clinicalstreams.pipeline.runtime.SettingLayers;
import io.clinicalstreams.pipeline.runtime.StartupException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A production service whom nobody told how to get in fails, and does not send patients' data in clear. */
class SpeaksAsItsEnvironmentSaysTest {

    @TempDir
    private Path folder;

    @Test
    void asksForALoginInProduction() {
        assertThatThrownBy(() -> start(Map.of()))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("cannot prepare lane alerting")
                .hasMessageContaining("JAAS");
    }

    @Test
    void speaksOtherwiseWhereItIsToldTo() {
        Map<String, String> open = Map.of(
                "kafka.security.protocol", "PLAINTEXT",
                "kafka.request.timeout.ms", "300",
                "kafka.default.api.timeout.ms", "500");

        assertThatThrownBy(() -> start(open))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("cannot prepare lane alerting")
                .hasMessageNotContaining("JAAS");
    }

    /** Nobody listens there. */
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
