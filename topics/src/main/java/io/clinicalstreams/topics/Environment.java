package io.clinicalstreams.topics;

import io.clinicalstreams.topics.setting.Settings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One environment of the topics: what differs between a laptop, a test cluster and a hospital.
 *
 * @param namePrefix prefix of every topic's name and application id; may be empty
 * @param brokers minimum number of brokers in the cluster
 * @param replication replicas of every partition, internal topics included
 * @param minInsyncReplicas replicas that must have a record before it counts as written
 * @param standbyReplicas standby replicas of a lane's state on other instances
 * @param retentionAtMost a cap on every topic's retention, for small disks
 * @param principalPrefix prefix of every role's name in its principal; may be empty
 * @param principals principal by role (a lane's or a client's name, or {@link Catalogue#OPERATOR}), where it is not
 *     {@code User:}, the environment's name prefix, the principal prefix and the role
 * @param security how clients connect to the brokers; part of the settings of every topic's and lane's clients
 * @param fhir how its FHIR resources are read
 * @param broker broker settings that limit clients, where they differ from Kafka's defaults
 * @param clusterId Kafka's id of its cluster; null if the marker that the first apply leaves is enough
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
        String principalPrefix,
        Map<String, String> principals,
        Security security,
        FhirSettings fhir,
        Settings broker,
        @Nullable String clusterId) {

    private static final String USER = "User:";

    public Environment {
        principals = Map.copyOf(principals);
    }

    /** The principal of a role, in Kafka's format: {@code User:clinical-recording}. */
    public String principalOf(String role) {
        return principals.getOrDefault(role, USER + environmentName() + principalPrefix + role);
    }

    /**
     * {@code staging-} for the topic prefix {@code staging.}: one principal must not have access to two environments.
     */
    private String environmentName() {
        return namePrefix.replace('.', '-');
    }
}
