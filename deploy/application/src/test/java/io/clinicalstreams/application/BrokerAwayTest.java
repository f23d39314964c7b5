package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.cluster.Broker;
import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import io.clinicalstreams.topics.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One of three brokers is down, the pipeline is killed meanwhile, the broker comes back. */
@Tag("broker")
@Tag("fault")
class BrokerAwayTest {

    private static final long SEED = 20_260_219;
    private static final int RATE = 200;
    private static final int SOME = 200;
    private static final Duration BACK_WITHIN = Duration.ofSeconds(90);

    @Test
    void aKillWhileABrokerIsStoppedLosesNothing() {
        try (LocalCluster cluster = LocalCluster.builder().brokers(3).start();
                TestSystem system = TestSystem.on(cluster.bootstrapServers(), "broker-away", 3)) {
            system.applyReferenceData();
            String recorded = TopicNames.OBSERVATION_RECORDED;
            PipelineProcess pipeline = system.pipeline("ward-1").awaitReady();
            try (Recovery recovery = new Recovery(system, recorded);
                    Load load = system.load(
                            Scenario.of("everything")
                                    .withSeed(SEED)
                                    .withPatients(2_000)
                                    .with(Share.MALFORMED, 0.01),
                            RATE)) {
                recovery.awaitMore(SOME);
                Broker away = cluster.brokers().get(1);
                away.stop();

                pipeline.kill();
                Instant killed = Instant.now();
                PipelineProcess next = system.pipeline("ward-1").awaitReady();
                Figures.recovery("SIGKILL with one broker of three stopped", List.of(recovery.since(killed, recorded)));
                assertThat(away.isAlive()).isFalse();

                away.start();
                cluster.awaitReady(BACK_WITHIN);
                recovery.awaitMore(SOME);
                system.stop(load);
                system.verdict();
                next.stop();
            }
        }
    }
}
