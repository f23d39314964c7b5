package io.clinicalstreams.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.server.config.AbstractKafkaConfig;

/**
 * A broker's complete {@code server.properties}: KRaft, every node both broker and controller, sized for a laptop or a
 * test. Topic settings (largest message, retention) are left to the topic.
 */
record BrokerSettings(
        List<BrokerAddress> nodes, BrokerSecurity security, Map<String, String> extra, List<ProxiedListener> proxied) {

    /** Enough for parallel work in tests; the default of 50 slows down every start and failover. */
    private static final String INTERNAL_PARTITIONS = "4";

    Map<String, String> of(BrokerAddress node, Path data) {
        Map<String, String> settings = new TreeMap<>();
        settings.putAll(small());
        settings.putAll(replication());
        settings.putAll(extra);
        settings.putAll(identity(node, data));
        if (!proxied.isEmpty()) {
            proxied.get(node.id()).addTo(settings, security.protocol());
        }
        settings.putAll(security.brokerSettings());
        return settings;
    }

    /** Refuses a setting that the caller may not set. */
    static void check(String name, String value) {
        ConfigDef.ConfigKey key = AbstractKafkaConfig.CONFIG_DEF.configKeys().get(name);
        if (OF_THE_AUTHORIZER.contains(name)) {
            return;
        }
        if (key == null) {
            throw new ClusterRefused("setting " + name + ": Kafka has no such broker setting");
        }
        if (OWN.contains(name)) {
            throw new ClusterRefused("setting " + name + ": is set by the cluster itself");
        }
        try {
            Object parsed = ConfigDef.parseType(name, value, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(name, parsed);
            }
        } catch (ConfigException wrong) {
            throw new ClusterRefused("setting " + name + ": " + wrong.getMessage());
        }
    }

    /** The authorizer reads these itself, so the broker does not define them. */
    private static final List<String> OF_THE_AUTHORIZER = List.of("super.users", "allow.everyone.if.no.acl.found");

    private static final List<String> OWN = List.of(
            "process.roles",
            "node.id",
            "broker.id",
            "controller.quorum.voters",
            "controller.quorum.bootstrap.servers",
            "controller.listener.names",
            "listeners",
            "advertised.listeners",
            "listener.security.protocol.map",
            "inter.broker.listener.name",
            "security.inter.broker.protocol",
            "log.dir",
            "log.dirs",
            "metadata.log.dir");

    private Map<String, String> identity(BrokerAddress node, Path data) {
        String protocol = security.protocol();
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(node.id()),
                "controller.quorum.voters",
                nodes.stream().map(BrokerAddress::voter).collect(Collectors.joining(",")),
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                "CLIENT://" + node.client() + ",CONTROLLER://" + node.controller(),
                "advertised.listeners",
                "CLIENT://" + node.client(),
                "listener.security.protocol.map",
                "CLIENT:" + protocol + ",CONTROLLER:" + protocol,
                "inter.broker.listener.name",
                "CLIENT",
                "log.dirs",
                data.toString());
    }

    /** As safe as the number of nodes allows: with three nodes, the loss of one neither loses nor refuses a write. */
    private Map<String, String> replication() {
        String replicas = Integer.toString(Math.min(3, nodes.size()));
        String inSync = nodes.size() < 3 ? "1" : "2";
        Map<String, String> settings = new TreeMap<>();
        settings.put("default.replication.factor", replicas);
        settings.put("min.insync.replicas", inSync);
        settings.put("offsets.topic.replication.factor", replicas);
        settings.put("transaction.state.log.replication.factor", replicas);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("share.coordinator.state.topic.replication.factor", replicas);
        settings.put("share.coordinator.state.topic.min.isr", inSync);
        return settings;
    }

    private static Map<String, String> small() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("num.partitions", "1");
        settings.put("offsets.topic.num.partitions", INTERNAL_PARTITIONS);
        settings.put("transaction.state.log.num.partitions", INTERNAL_PARTITIONS);
        settings.put("share.coordinator.state.topic.num.partitions", INTERNAL_PARTITIONS);
        // A mistyped topic name must fail, not create a topic without readers.
        settings.put("auto.create.topics.enable", "false");
        // A single-member group starts at once instead of waiting 3 s for others.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.streams.initial.rebalance.delay.ms", "0");
        // As in production: a killed instance of the alerting lane is replaced after 3 s.
        settings.put("group.min.session.timeout.ms", "3000");
        // A hanging transaction hides later records: at most one minute, and it is aborted within a second after that.
        settings.put("transaction.max.timeout.ms", "60000");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // A killed broker is detected, and can register again, after 6 s instead of 9.
        settings.put("broker.session.timeout.ms", "6000");
        settings.put("broker.heartbeat.interval.ms", "1000");
        // Memory: the cleaner's map alone uses 128 MiB by default.
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "4");
        return settings;
    }
}
