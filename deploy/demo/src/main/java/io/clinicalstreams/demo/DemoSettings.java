package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.generate.GeneratorSettings;
import io.clinicalstreams.loadgen.replay.ReplaySettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The demo's settings.
 *
 * @param rate records per second, 0 for as fast as possible
 * @param warmUp the same load before measuring; judged but not measured
 * @param duration how long to measure
 * @param replay what to replay instead of generating, or null
 */
record DemoSettings(
        String environment,
        int brokers,
        double rate,
        Duration warmUp,
        Duration duration,
        GeneratorSettings generator,
        @Nullable ReplaySettings replay,
        @Nullable Path report,
        boolean keep) {}
