package io.clinicalstreams.topics.cluster;

import io.clinicalstreams.topics.setting.BrokerDefinitions;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The settings that limit clients, as the live brokers have them.
 *
 * @param byBroker value by setting, by the broker's id
 * @param unknown why a broker's settings are not known, by its id
 */
public record BrokerLimits(Map<String, Map<String, String>> byBroker, Map<String, String> unknown) {

    /** Each broker answers for itself, and one of them may have just stopped. */
    private static final int TIMEOUT_MILLIS = 5_000;

    /** @throws KafkaException if the cluster cannot be reached */
    public static BrokerLimits of(Admin admin) {
        Map<ConfigResource, KafkaFuture<Config>> answers = admin.describeConfigs(
                        ClusterAnswer.of(admin.describeCluster().nodes()).stream()
                                .map(Node::idString)
                                .map(id -> new ConfigResource(ConfigResource.Type.BROKER, id))
                                .toList(),
                        new DescribeConfigsOptions().timeoutMs(TIMEOUT_MILLIS))
                .values();
        Map<String, Map<String, String>> byBroker = new TreeMap<>();
        Map<String, String> unknown = new TreeMap<>();
        answers.forEach((broker, answer) -> {
            try {
                byBroker.put(broker.name(), limits(ClusterAnswer.of(answer)));
            } catch (InterruptException stopped) {
                throw stopped;
            } catch (AuthorizationException refused) {
                unknown.put(
                        broker.name(),
                        "not allowed to read: " + ClusterAnswer.inWords(refused)
                                + " (describe configs on the cluster)");
            } catch (KafkaException silent) {
                unknown.put(broker.name(), ClusterAnswer.inWords(silent));
            }
        });
        return new BrokerLimits(byBroker, unknown);
    }

    /** How many brokers the cluster has now. */
    public int brokers() {
        return byBroker.size() + unknown.size();
    }

    private static Map<String, String> limits(Config config) {
        Map<String, ConfigEntry> entries =
                config.entries().stream().collect(Collectors.toMap(ConfigEntry::name, Function.identity()));
        Map<String, String> limits = new TreeMap<>();
        for (String name : BrokerDefinitions.configDef().names()) {
            ConfigEntry entry = entries.get(name);
            if (entry != null && entry.value() != null) {
                limits.put(name, entry.value());
            }
        }
        return limits;
    }
}
