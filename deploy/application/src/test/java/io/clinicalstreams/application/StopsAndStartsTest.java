package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.generate.GeneratorSettings;
import io.clinicalstreams.topics.TopicNames;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Planned ends of a pipeline process: stopped by a signal, or replaced. */
@OnOneBroker
class StopsAndStartsTest {

    private static final long SEED = 20_260_220;
    private static final int RATE = 300;
    private static final int SOME = 300;
    private static final int STOPS = 2;
    private static final Duration FENCED_WITHIN = Duration.ofSeconds(40);

    @Test
    void sigtermUnderLoadEndsWithinTenSecondsAndTheNextStartGoesOn(World world) {
        world.applyReferenceData();
        PipelineProcess pipeline = world.pipeline("ward-1").awaitReady();
        try (Recovery recovery = recordings(world);
                Load load = world.load(new GeneratorSettings(SEED, 100, 0.05, 0.01, 0.05, 0.05), RATE)) {
            for (int stop = 0; stop < STOPS; stop++) {
                recovery.awaitMore(SOME);
                pipeline.stop();
                pipeline = world.pipeline("ward-1").awaitReady();
            }
            recovery.awaitMore(SOME);
            world.stop(load);
        }
        world.verdict();
    }

    @Test
    void ofTwoInstancesUnderOneIdOnOneDiskTheSecondDoesNotStart(World world) {
        world.applyReferenceData();
        PipelineProcess first = world.pipeline("ward-1").awaitReady();

        PipelineProcess second = world.pipeline("ward-1");

        assertThat(second.awaitExit(FENCED_WITHIN)).isEqualTo(1);
        assertThat(second.output()).contains("another process runs under this instance id");
        assertThat(first.isReady()).isTrue();
    }

    @Test
    void ofTwoInstancesUnderOneIdOnTwoDisksTheFirstEndsAndSaysWhy(World world) {
        world.applyReferenceData();
        PipelineProcess first = world.pipeline("ward-1").awaitReady();
        try (Recovery recovery = recordings(world);
                Load load = world.load(new GeneratorSettings(SEED, 100, 0.05, 0.01, 0.05, 0.05), RATE)) {
            recovery.awaitMore(SOME);

            PipelineProcess second = world.pipelineOn("another-disk", "ward-1");

            assertThat(first.awaitExit(FENCED_WITHIN)).isEqualTo(1);
            assertThat(first.output()).contains("another instance runs under this instance id");
            second.awaitReady();
            recovery.awaitMore(SOME);
            world.stop(load);
        }
        world.verdict();
    }

    private static Recovery recordings(World world) {
        return new Recovery(world, TopicNames.OBSERVATION_RECORDED);
    }
}
