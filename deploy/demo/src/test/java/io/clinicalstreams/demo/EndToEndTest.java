package io.clinicalstreams.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.loadgen.generate.GeneratorSettings;
import io.clinicalstreams.loadgen.verify.Mark;
import io.clinicalstreams.loadgen.verify.Verdict;
import io.clinicalstreams.topics.TopicNames;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** The whole way once, on brokers from the Maven artefacts and, where Docker is, on a broker in a container. */
class EndToEndTest {

    private static final long SEED = 20_260_221;
    private static final int RATE = 300;
    private static final int SOME = 1_500;

    /** Where the broker comes from. */
    enum Brokers {
        LOCAL_CLUSTER {
            @Override
            void run(World.Test test) {
                try (LocalCluster cluster = LocalCluster.builder().start()) {
                    test.on(cluster.bootstrapServers());
                }
            }
        },
        CONTAINER {
            @Override
            void run(World.Test test) {
                assumeTrue(
                        DockerClientFactory.instance().isDockerAvailable(),
                        "skipped on a container's broker: no Docker here");
                try (KafkaContainer container = new KafkaContainer("apache/kafka:4.3.1")) {
                    container.start();
                    test.on(container.getBootstrapServers());
                }
            }
        };

        abstract void run(World.Test test);
    }

    @ParameterizedTest
    @EnumSource
    void everythingThatGoesInComesOut(Brokers brokers) {
        brokers.run(EndToEndTest::everythingThatGoesInComesOut);
    }

    private static void everythingThatGoesInComesOut(String bootstrapServers) {
        try (World world = World.on(bootstrapServers, "end-to-end", 1)) {
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
            assertThat(world.verifier().alerts(Mark.BEGINNING).raised()).isPositive();
            pipeline.stop();
        }
    }
}
