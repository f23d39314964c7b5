package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import io.clinicalstreams.topics.TopicNames;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Planned ends of a pipeline process: stopped by a signal, or replaced. */
@OnOneBroker
@Tag("fault")
class StopsAndStartsTest {

    private static final long SEED = 20_260_220;
    private static final int RATE = 300;
    private static final int SOME = 300;
    private static final int STOPS = 2;
    private static final Duration FENCED_WITHIN = Duration.ofSeconds(60);

    @Test
    void sigtermUnderLoadEndsWithinTenSecondsAndTheNextStartContinues(TestSystem system) {
        system.applyReferenceData();
        PipelineProcess pipeline = system.pipeline("ward-1").awaitReady();
        try (Recovery recovery = recordings(system);
                Load load = system.load(
                        Scenario.of("everything")
                                .withSeed(SEED)
                                .withPatients(2_000)
                                .with(Share.MALFORMED, 0.01),
                        RATE)) {
            for (int stop = 0; stop < STOPS; stop++) {
                recovery.awaitMore(SOME);
                pipeline.stop();
                pipeline = system.pipeline("ward-1").awaitReady();
            }
            recovery.awaitMore(SOME);
            system.stop(load);
        }
        system.verdict();
    }

    @Test
    void theSecondOfTwoInstancesWithOneIdOnOneDiskDoesNotStart(TestSystem system) {
        system.applyReferenceData();
        PipelineProcess first = system.pipeline("ward-1").awaitReady();

        PipelineProcess second = system.pipeline("ward-1");

        assertThat(second.awaitExit(FENCED_WITHIN)).isEqualTo(1);
        assertThat(second.output()).contains("another process runs under this instance id");
        assertThat(first.isReady()).isTrue();
    }

    @Test
    void theFirstOfTwoInstancesWithOneIdOnTwoDisksStopsAndReportsWhy(TestSystem system) {
        system.applyReferenceData();
        PipelineProcess first = system.pipeline("ward-1").awaitReady();
        try (Recovery recovery = recordings(system);
                Load load = system.load(
                        Scenario.of("everything")
                                .withSeed(SEED)
                                .withPatients(2_000)
                                .with(Share.MALFORMED, 0.01),
                        RATE)) {
            recovery.awaitMore(SOME);

            PipelineProcess second = system.pipelineOn("another-disk", "ward-1");

            assertThat(first.awaitExit(FENCED_WITHIN)).isEqualTo(1);
            assertThat(first.output()).contains("another instance runs under this instance id");
            second.awaitReady();
            recovery.awaitMore(SOME);
            system.stop(load);
        }
        system.verdict();
    }

    private static Recovery recordings(TestSystem system) {
        return new Recovery(system, TopicNames.OBSERVATION_RECORDED);
    }
}
