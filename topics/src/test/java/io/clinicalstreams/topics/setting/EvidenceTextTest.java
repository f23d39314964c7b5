package io.clinicalstreams.topics.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence names its measurement or its source, or is pending. */
class EvidenceTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "documentation: Kafka, topic configs, segment.ms",
                "documentation: Kafka Streams, configs, commit.interval.ms",
                "issue: KAFKA-20416",
                "measured kafka-producer-perf-test.sh, 2 cores: 81,000 records/s",
                "measured (kafka-producer-perf-test.sh, 2 cores): 81,000 records/s",
                "experiment bench --latency: p50 4 ms\nwith two lines"
            })
    void isTakenWhereItNamesItsSource(String evidence) {
        Setting setting = new Setting("1", "Because.", evidence);

        assertThat(setting.evidence()).isEqualTo(evidence);
        assertThat(setting.isPending()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pending",
                "pending; documentation explains when a segment closes",
                "pending; measured prototype, 2 cores: 52 ms\nand 200 ms was not run"
            })
    void isStillPendingWhereOnlySomethingIsKnown(String evidence) {
        Setting setting = new Setting("1", "Because.", evidence);

        assertThat(setting.evidence()).isEqualTo(evidence);
        assertThat(setting.isPending()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "measured: 81,000 records/s",
                "measured : 81,000 records/s",
                "experiment: p50 4 ms",
                "experiment bench",
                "measured bench: ",
                "measured x: y",
                "experiment bench: a good deal faster",
                "documentation: because I say so",
                "documentation: because I say so, and he",
                "documentation: Kafka",
                "documentation: Kafka, ",
                "documentation:",
                "documentation",
                "issue: ",
                "issue: somebody had it too",
                "pending, soon",
                "pending;",
                "pending; ",
                "pending;soon",
                "pendingly",
                "Measured bench: 4 ms",
                "trust me"
            })
    void isRefusedWhereItDoesNot(String evidence) {
        assertThatThrownBy(() -> new Setting("1", "Because.", evidence))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "evidence: must be 'pending', 'pending; WHAT IS KNOWN', 'documentation: SOFTWARE, PLACE'")
                .hasMessageContaining(evidence.strip());
    }
}
