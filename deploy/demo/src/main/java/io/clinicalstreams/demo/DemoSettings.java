package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.replay.ReplaySettings;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The demo's settings.
 *
 * @param load the rate over time
 * @param warmUp the same load before measuring; judged but not measured
 * @param duration how long to measure
 * @param replay what to replay instead of generating, or null
 */
record DemoSettings(
        String environment,
        int brokers,
        RateCurve load,
        Duration warmUp,
        Duration duration,
        String scenarioName,
        Scenario scenario,
        @Nullable ReplaySettings replay,
        @Nullable Path report,
        @Nullable Path result,
        boolean keep) {

    /** For the result: what decides the figures. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("environment", environment);
        fields.put("brokers", brokers);
        if (replay == null) {
            fields.put("scenario", scenarioName);
            fields.putAll(scenario.settings());
        } else {
            fields.put("asIs", replay.asIs());
        }
        return fields;
    }
}
