package io.clinicalstreams.cluster;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.InterruptException;

/** Asks each broker separately which brokers it sees in the cluster. */
record Readiness(String clusterId, Map<String, String> clientSettings) {

    /**
     * Whether the broker answers and sees all of {@code ids}. Uses a new client each time, which knows only this
     * broker: a client that knows others could ask any of them.
     */
    boolean answers(BrokerAddress broker, Set<Integer> ids, Duration atMost) {
        if (!Ports.accepts(broker.clientPort())) { // avoids the client's warnings about a port that is not open yet
            return false;
        }
        Admin admin = Admin.create(settings(broker, atMost));
        try {
            DescribeClusterResult cluster = admin.describeCluster();
            return ClusterAnswer.of(cluster.clusterId(), atMost).equals(clusterId) // not another cluster on our port
                    && ClusterAnswer.of(cluster.nodes(), atMost).stream()
                            .map(Node::id)
                            .collect(Collectors.toSet())
                            .containsAll(ids);
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (KafkaException notYet) {
            return false;
        } finally {
            admin.close(Duration.ZERO); // without a limit it waits for a broker that never answers
        }
    }

    private Map<String, Object> settings(BrokerAddress broker, Duration atMost) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.put("bootstrap.servers", broker.client());
        settings.put("client.id", "readiness");
        settings.put("request.timeout.ms", Math.toIntExact(atMost.toMillis()));
        settings.put("default.api.timeout.ms", Math.toIntExact(atMost.toMillis()));
        return settings;
    }
}
