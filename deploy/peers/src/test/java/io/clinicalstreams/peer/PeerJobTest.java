package io.clinicalstreams.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeerJobTest {

    private static final PeerJob JOB = new PeerJob(
            StreamsPeer.class.getName(),
            StreamsTopology.RECORDING,
            Path.of("/catalogue"),
            "development",
            "bench-1.",
            "0-recording-lane",
            null,
            "recording",
            400_000,
            1,
            Path.of("/folder"),
            Map.of("sasl.jaas.config", "secret"));

    @Test
    void arrivesInItsProcessAsItWas() throws Exception {
        String line = PeerProcess.line(JOB);

        assertThat(line).doesNotContain("\n");
        assertThat(PeerProcess.job(line)).isEqualTo(JOB);
    }

    @Test
    void doesNotShowCredentials() {
        assertThat(JOB).hasToString("PeerJob[0-recording-lane]");
    }

    @Test
    void namesAPeerThatCanBeCreated() throws Exception {
        assertThat(JOB.newPeer()).isInstanceOf(StreamsPeer.class);
    }
}
