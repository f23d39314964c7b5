package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.generate.GeneratorSettings;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.source.Mark;
import org.junit.jupiter.api.Test;

/** End to end, with everything that the generator can send. */
@OnOneBroker
class EndToEndTest {

    private static final long SEED = 20_260_221;
    private static final int RATE = 300;
    private static final int SOME = 1_500;

    @Test
    void everythingThatGoesInComesOut(World world) {
        world.applyReferenceData();
        PipelineProcess pipeline = world.pipeline("ward-1").awaitReady();
        try (Recovery recovery = new Recovery(world, TopicNames.OBSERVATION_RECORDED);
                Load load = world.load(new GeneratorSettings(SEED, 100, 0.05, 0.05, 0.05, 0.05), RATE)) {
            recovery.awaitMore(SOME);
            world.stop(load);
        }

        Verdict verdict = world.verdict();

        assertThat(verdict.recorded().get(TopicNames.OBSERVATION_RECORDED)).isGreaterThanOrEqualTo(SOME);
        assertThat(verdict.rekeyed()).isPositive();
        assertThat(verdict.rejected()).isNotEmpty();
        assertThat(world.verifier().judge(Mark.BEGINNING, -1).alerts().raised()).isPositive();
        pipeline.stop();
    }
}
