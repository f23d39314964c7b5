package io.clinicalstreams.topics;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the topics live: what differs between a laptop, a test cluster and a hospital.
 *
 * @param namePrefix before every topic's name and application id; may be empty
 * @param brokers how many the cluster has at least
 * @param replication copies of every partition, internal topics included
 * @param minInsyncReplicas copies that must have a record before it counts as written
 * @param standbyReplicas warm copies of a lane's state on other instances
 * @param retentionAtMost a cap on every topic's retention, where disks are small
 * @param principals who the brokers take a role for ({@code gateway}, a lane's name, {@code alert-consumer},
 *     {@code operator}), where that is not the usual name
 * @param security how clients speak to the brokers; it is among the settings of every topic's and lane's clients
 * @param broker settings of the brokers that bound what clients may do, where they are not Kafka's defaults
 */
public record Environment(
        String name,
        String goal,
        String namePrefix,
        int brokers,
        short replication,
        short minInsyncReplicas,
        int standbyReplicas,
        @Nullable Duration retentionAtMost,
        Map<String, String> principals,
        Security security,
        Settings broker) {

    public Environment {
        principals = Map.copyOf(principals);
    }

    /** An environment whose brokers are open and have Kafka's defaults. */
    public Environment(
            String name,
            String goal,
            String namePrefix,
            int brokers,
            short replication,
            short minInsyncReplicas,
            int standbyReplicas,
            @Nullable Duration retentionAtMost,
            Map<String, String> principals) {
        this(
                name,
                goal,
                namePrefix,
                brokers,
                replication,
                minInsyncReplicas,
                standbyReplicas,
                retentionAtMost,
                principals,
                Security.OPEN,
                Settings.NONE);
    }
}
