package io.clinicalstreams.topics;

import io.clinicalstreams.topics.setting.Settings;
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
 * @param principalPrefix before every role's name in its principal; may be empty
 * @param principals who the brokers take a role for (a lane's or a client's name, or {@link Catalogue#OPERATOR}), where
 *     that is not {@code User:}, the environment's name prefix, the principals' and the role
 * @param security how clients speak to the brokers; it is among the settings of every topic's and lane's clients
 * @param fhir how its FHIR resources are read
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
        String principalPrefix,
        Map<String, String> principals,
        Security security,
        FhirSettings fhir,
        Settings broker) {

    private static final String USER = "User:";

    public Environment {
        principals = Map.copyOf(principals);
    }

    /** Who the brokers take a role for, as Kafka writes it: {@code User:clinical-recording}. */
    public String principalOf(String role) {
        return principals.getOrDefault(role, USER + environmentName() + principalPrefix + role);
    }

    /** {@code staging-} where topics are prefixed {@code staging.}: one name must not open two environments. */
    private String environmentName() {
        return namePrefix.replace('.', '-');
    }
}
