package io.clinicalstreams.topics.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which changes of a setting are disruptive. */
class SettingEffectTest {

    @ParameterizedTest
    @CsvSource({
        "retention.ms, 2000, 1000, DISRUPTIVE",
        "retention.ms, 1000, 2000, SAFE",
        "retention.ms, -1, 1000, DISRUPTIVE",
        "retention.ms, 1000, -1, SAFE",
        "retention.bytes, -1, 1000, DISRUPTIVE",
        "delete.retention.ms, 2000, 1000, DISRUPTIVE",
        "max.message.bytes, 2000, 1000, DISRUPTIVE",
        "max.message.bytes, 1000, 2000, SAFE",
        "max.decompressed.message.bytes, 2147483639, 1000, DISRUPTIVE",
        "max.decompressed.message.bytes, 1000, 2147483639, SAFE",
        "min.insync.replicas, 1, 2, DISRUPTIVE",
        "min.insync.replicas, 2, 1, DISRUPTIVE",
        "message.timestamp.type, CreateTime, CreateTime, SAFE",
        "cleanup.policy, delete, delete, SAFE",
        "cleanup.policy, delete, compact, DISRUPTIVE",
        "message.timestamp.type, CreateTime, LogAppendTime, DISRUPTIVE",
        "unclean.leader.election.enable, false, true, DISRUPTIVE",
        "unclean.leader.election.enable, true, false, SAFE",
        "remote.log.delete.on.disable, false, true, DISRUPTIVE",
        "remote.log.delete.on.disable, true, false, SAFE",
        "segment.ms, 1, 2, SAFE",
    })
    void saysWhetherAnybodyMayNotice(String name, String now, String wanted, Effect effect) {
        assertThat(SettingEffect.of(name, now, wanted).effect()).isEqualTo(effect);
    }

    @ParameterizedTest
    @CsvSource({
        "retention.ms, 2592000000, DISRUPTIVE",
        "retention.ms, -1, DISRUPTIVE",
        "retention.bytes, 1000, DISRUPTIVE",
        "min.insync.replicas, 1, DISRUPTIVE",
        "max.message.bytes, 1000, DISRUPTIVE",
        "unclean.leader.election.enable, false, DISRUPTIVE",
        "remote.log.delete.on.disable, false, DISRUPTIVE",
        "cleanup.policy, delete, DISRUPTIVE",
        "segment.ms, 1, SAFE",
    })
    void takesWhatNobodyKnowsForTheWorst(String name, String now, Effect effect) {
        assertThat(SettingEffect.of(name, now, null).effect()).isEqualTo(effect);
    }
}
