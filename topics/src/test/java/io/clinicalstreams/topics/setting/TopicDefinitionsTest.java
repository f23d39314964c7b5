package io.clinicalstreams.topics.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The project's definitions of topic settings equal the broker's in the Kafka version in use. */
class TopicDefinitionsTest {

    /** Tools set these while they move replicas; they do not belong in a catalogue. */
    private static final Set<String> SET_WHILE_MOVING =
            Set.of("leader.replication.throttled.replicas", "follower.replication.throttled.replicas");

    private static final List<String> PROBES = List.of(
            "-131073",
            "-131072",
            "-3",
            "-2",
            "-1",
            "0",
            "0.5",
            "1",
            "1.5",
            "3",
            "4",
            "9",
            "10",
            "17",
            "18",
            "22",
            "23",
            "1048575",
            "1048576",
            "2147483639",
            "2147483640",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "7d",
            "",
            "true",
            "yes",
            "delete",
            "compact",
            "compact,delete",
            "compact,compact",
            "remove",
            "lz4",
            "lzma",
            "producer",
            "none",
            "uncompressed",
            "CreateTime",
            "LogAppendTime",
            "createtime");

    private static final Map<String, ConfigKey> OURS =
            TopicDefinitions.configDef().configKeys();

    @Test
    void haveTheBrokersNames() {
        Set<String> brokers = new TreeSet<>(LogConfig.nonInternalConfigNames());
        brokers.removeAll(SET_WHILE_MOVING);

        assertThat(OURS.keySet()).containsExactlyInAnyOrderElementsOf(brokers);
    }

    @Test
    void areAllKnownToBrokersOfTheVersionInUse() {
        assertThat(TopicDefinitions.unknownTo(MetadataVersion.latestProduction().featureLevel()))
                .isEmpty();
        assertThat(TopicDefinitions.unknownTo(MetadataVersion.IBP_4_3_IV0.featureLevel()))
                .contains("max.decompressed.message.bytes")
                .isSubsetOf(OURS.keySet());
    }

    static Stream<String> names() {
        return OURS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void haveTheBrokersTypeAndDefault(String name) {
        ConfigKey broker = LogConfig.configKeys().get(name);

        assertThat(OURS.get(name).type).isEqualTo(broker.type);
        assertThat(OURS.get(name).defaultValue).isEqualTo(broker.defaultValue);
    }

    @ParameterizedTest
    @MethodSource("names")
    void takeAndRefuseTheBrokersValues(String name) {
        ConfigKey broker = LogConfig.configKeys().get(name);

        assertThat(PROBES).allSatisfy(value -> assertThat(takes(OURS.get(name), value))
                .as("%s=%s", name, value)
                .isEqualTo(takes(broker, value)));
    }

    private static boolean takes(ConfigKey key, String value) {
        try {
            Object parsed = ConfigDef.parseType(key.name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, parsed);
            }
            return true;
        } catch (ConfigException refused) {
            return false;
        }
    }
}
