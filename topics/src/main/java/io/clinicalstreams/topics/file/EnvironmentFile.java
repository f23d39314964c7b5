package io.clinicalstreams.topics.file;

import static io.clinicalstreams.topics.problem.Checks.orEmpty;
import static io.clinicalstreams.topics.problem.Checks.requireAtLeast;
import static io.clinicalstreams.topics.problem.Checks.requireLine;

import com.fasterxml.jackson.annotation.JsonProperty;
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
 * @param partitionsDivideBy the catalogue's partitions, which are production's, are divided by this and rounded up
 * @param topic settings for every topic, over profile and topic; likewise the other three sections
 * @param topics what differs for single topics, by logical name
 * @param lanes what differs for single lanes, by name
 * @param security how clients speak to the brokers; said also where everybody may come in
 * @param fhir how FHIR resources are read
 * @param broker what the brokers have set that bounds clients, where it is not Kafka's default
 * @param principalPrefix before every role's name in its principal
 * @param principals who the brokers take each role for, where that is not the usual name
 */
public record EnvironmentFile(
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) String goal,
        @Nullable String namePrefix,
        @JsonProperty(required = true) int brokers,
        @JsonProperty(required = true) short replication,
        @JsonProperty(required = true) short minInsyncReplicas,
        @JsonProperty(required = true) int standbyReplicas,
        @Nullable Integer partitionsDivideBy,
        @Nullable Duration retentionAtMost,
        @JsonProperty(required = true) Security security,
        @Nullable FhirSettings fhir,
        Map<String, Setting> broker,
        Map<String, Setting> topic,
        Map<String, Setting> producer,
        Map<String, Setting> consumer,
        Map<String, Setting> streams,
        Map<String, TopicOverlay> topics,
        Map<String, LaneOverlay> lanes,
        @Nullable String principalPrefix,
        Map<String, String> principals)
        implements NamedFile {

    /** What an environment changes about one topic. */
    public record TopicOverlay(@Nullable Integer partitions, Map<String, Setting> settings) {

        public static final TopicOverlay NONE = new TopicOverlay(null, Map.of());

        public TopicOverlay {
            settings = orEmpty(settings);
            if (partitions != null) {
                requireAtLeast("partitions", 1, partitions);
            }
        }
    }

    /** What an environment changes about one lane. */
    public record LaneOverlay(Map<String, Setting> settings) {

        public static final LaneOverlay NONE = new LaneOverlay(Map.of());

        public LaneOverlay {
            settings = orEmpty(settings);
        }
    }

    public EnvironmentFile {
        requireLine("name", name);
        requireLine("goal", goal);
        requireAtLeast("brokers", 1, brokers);
        requireAtLeast("replication", 1, replication);
        requireAtLeast("min-insync-replicas", 1, minInsyncReplicas);
        requireAtLeast("standby-replicas", 0, standbyReplicas);
        if (namePrefix != null && !namePrefix.matches("[a-z0-9-]+\\.")) {
            throw new IllegalArgumentException(
                    "name-prefix: must be a word with a dot behind it, was '" + namePrefix + "'");
        }
        if (principalPrefix != null && !principalPrefix.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException(
                    "principal-prefix: must be letters, digits, '.', '_' and '-', was '" + principalPrefix + "'");
        }
        if (partitionsDivideBy != null) {
            requireAtLeast("partitions-divide-by", 1, partitionsDivideBy);
        }
        if (retentionAtMost != null) {
            requireAtLeast("retention-at-most", 1, retentionAtMost.toMillis());
        }
        broker = orEmpty(broker);
        topic = orEmpty(topic);
        producer = orEmpty(producer);
        consumer = orEmpty(consumer);
        streams = orEmpty(streams);
        topics = orEmpty(topics);
        lanes = orEmpty(lanes);
        principals = orEmpty(principals);
        principals.forEach((role, principal) -> {
            if (!principal.matches("User:[^\\s*]([^*\\n]*[^\\s*])?")) {
                throw new IllegalArgumentException(
                        "principals: " + role + " must be one user, such as User:name, was '" + principal + "'");
            }
        });
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
                        broker));
    }
}
