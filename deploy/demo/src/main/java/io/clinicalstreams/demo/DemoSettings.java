package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.replay.ReplaySettings;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
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
        Scenario scenario,
        @Nullable ReplaySettings replay,
        @Nullable Path report,
        boolean keep) {}
