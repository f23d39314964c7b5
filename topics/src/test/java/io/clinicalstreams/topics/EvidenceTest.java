package io.clinicalstreams.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence says what was done to get it, or where it stands, or that there is none yet. */
class EvidenceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pending",
                "documentation: Kafka, topic configs, segment.ms",
                "issue: KAFKA-20416",
                "measured kafka-producer-perf-test.sh, 2 cores: 81,000 records/s",
                "measured (kafka-producer-perf-test.sh, 2 cores): 81,000 records/s",
                "experiment bench --latency: p50 4 ms\nwith two lines"
            })
    void isTakenWhereItNamesItsSource(String evidence) {
        Setting setting = new Setting("1", "Because.", evidence);

        assertThat(setting.evidence()).isEqualTo(evidence);
        assertThat(setting.isPending()).isEqualTo(evidence.equals("pending"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "measured: 81,000 records/s",
                "measured : 81,000 records/s",
                "experiment: p50 4 ms",
                "experiment bench",
                "measured bench: ",
                "documentation:",
                "documentation",
                "issue: ",
                "pending, soon",
                "Measured bench: 4 ms",
                "trust me"
            })
    void isRefusedWhereItDoesNot(String evidence) {
        assertThatThrownBy(() -> new Setting("1", "Because.", evidence))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("evidence: must be 'pending', 'documentation: WHERE', 'issue: WHICH'")
                .hasMessageContaining(evidence.strip());
    }
}
