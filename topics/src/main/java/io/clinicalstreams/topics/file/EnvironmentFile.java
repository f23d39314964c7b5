package io.clinicalstreams.topics.file;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireAtLeast;
import static io.clinicalstreams.topics.problem.Checks.requireLine;
import static io.clinicalstreams.topics.problem.Checks.requirePositive;

import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.Security;
import io.clinicalstreams.topics.setting.Origin;
import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.Setting;
import io.clinicalstreams.topics.setting.Settings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code environments/}.
 *
 * @param partitionsDivideBy divisor of the catalogue's partitions, which are those of production; rounded up
 * @param topic settings for every topic, overriding profile and topic; likewise the other three sections
 * @param topics differences for single topics, by logical name
 * @param lanes differences for single lanes, by name
 * @param security how clients connect to the brokers; required even without authentication
 * @param fhir how FHIR resources are read
 * @param broker broker settings that limit clients, where they differ from Kafka's defaults
 * @param principalPrefix prefix of every role's name in its principal
 * @param principals principal by role, where it is not the usual one
 * @param clusterId Kafka's id of the environment's cluster
 */
public record EnvironmentFile(
        String name,
        String goal,
        @Nullable String namePrefix,
        int brokers,
        short replication,
        short minInsyncReplicas,
        int standbyReplicas,
        @Nullable Integer partitionsDivideBy,
        @Nullable Duration retentionAtMost,
        Security security,
        @Nullable FhirSettings fhir,
        Map<String, Setting> broker,
        Map<String, Setting> topic,
        Map<String, Setting> producer,
        Map<String, Setting> consumer,
        Map<String, Setting> streams,
        Map<String, TopicOverlay> topics,
        Map<String, LaneOverlay> lanes,
        @Nullable String principalPrefix,
        Map<String, String> principals,
        @Nullable String clusterId)
        implements NamedFile {

    /** What an environment changes about one topic. */
    public record TopicOverlay(@Nullable Integer partitions, Map<String, Setting> settings) {

        public static final TopicOverlay NONE = new TopicOverlay(null, Map.of());

        public TopicOverlay {
            requireAtLeast("partitions", 1, partitions);
        }
    }

    /** What an environment changes about one lane. */
    public record LaneOverlay(Map<String, Setting> settings) {

        public static final LaneOverlay NONE = new LaneOverlay(Map.of());
    }

    public EnvironmentFile {
        all(
                () -> requireLine("name", name),
                () -> requireLine("goal", goal),
                () -> requireAtLeast("brokers", 1, brokers),
                () -> requireAtLeast("replication", 1, replication),
                () -> requireAtLeast("min-insync-replicas", 1, minInsyncReplicas),
                () -> requireAtLeast("standby-replicas", 0, standbyReplicas),
                () -> requirePrefix(namePrefix),
                () -> requirePrincipalPrefix(principalPrefix),
                () -> all(principals.entrySet().stream()
                        .<Runnable>map(each -> () -> requireUser(each.getKey(), each.getValue()))
                        .toArray(Runnable[]::new)),
                () -> {
                    if (clusterId != null) {
                        requireLine("cluster-id", clusterId);
                    }
                },
                () -> requireAtLeast("partitions-divide-by", 1, partitionsDivideBy),
                () -> requirePositive("retention-at-most", retentionAtMost));
    }

    private static void requirePrefix(@Nullable String namePrefix) {
        if (namePrefix != null && !namePrefix.matches("[a-z0-9-]+\\.")) {
            throw new IllegalArgumentException(
                    "name-prefix: must be a word followed by a dot, was '" + namePrefix + "'");
        }
    }

    private static void requirePrincipalPrefix(@Nullable String principalPrefix) {
        if (principalPrefix != null && !principalPrefix.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException(
                    "principal-prefix: must consist of letters, digits, '.', '_' and '-', was '" + principalPrefix
                            + "'");
        }
    }

    private static void requireUser(String role, String principal) {
        if (!principal.matches("User:[^\\s*]([^*\\n]*[^\\s*])?")) {
            throw new IllegalArgumentException(
                    "principals: " + role + " must be one user, such as User:name, was '" + principal + "'");
        }
    }

    public Map<String, Setting> section(Section section) {
        return switch (section) {
            case TOPIC -> topic;
            case PRODUCER -> producer;
            case CONSUMER -> consumer;
            case STREAMS -> streams;
            case BROKER -> broker;
        };
    }

    public int partitionsOf(TopicFile topicFile) {
        Integer own = topics.getOrDefault(topicFile.name(), TopicOverlay.NONE).partitions();
        int divisor = partitionsDivideBy == null ? 1 : partitionsDivideBy;
        return own != null ? own : (topicFile.partitions() + divisor - 1) / divisor;
    }

    public Environment toEnvironment() {
        return new Environment(
                name,
                goal,
                namePrefix == null ? "" : namePrefix,
                brokers,
                replication,
                minInsyncReplicas,
                standbyReplicas,
                retentionAtMost,
                principalPrefix == null ? "" : principalPrefix,
                principals,
                security,
                fhir == null ? FhirSettings.DEFAULT : fhir,
                Settings.from(
                        Origin.ENVIRONMENT,
                        CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, name),
                        Section.BROKER.toString(),
                        broker),
                clusterId);
    }
}
