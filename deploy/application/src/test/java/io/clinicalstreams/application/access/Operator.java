package io.clinicalstreams.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.topics.access.Grant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The operator at a terminal. Each of its access rules is required by some task: the right to create a topic if the
 * topic is missing, the right to change settings if one has changed, and so on.
 */
record Operator(SecuredSystem system, Path folder) {

    private static final String ROLE = "operator";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final String DRIFTED = "flush.messages";
    private static final String FORGOTTEN = "forgotten-repartition";

    CommandWithLogin type(String... words) {
        return CommandWithLogin.as(system.settings(ROLE), system, words);
    }

    /** Prepares work that requires the rule, if the cluster is in its desired state. */
    void prepare(Grant rule) {
        String name = rule.resource().name();
        switch (rule.operation()) {
            case CREATE -> delete(name);
            case ALTER -> {
                delete(name);
                create(name);
            }
            case ALTER_CONFIGS -> drift(name);
            case READ ->
                assertThat(type("reference", "apply", "--yes").exitCode()).isZero();
            case DESCRIBE -> {
                if (rule.resource().patternType() == PatternType.PREFIXED && !isOfMarkers(rule)) {
                    create(name + FORGOTTEN);
                }
            }
            default -> {}
        }
    }

    /** The access that lets the operator read what it can no longer change; empty if the rule is for reading. */
    Optional<Grant> lookingOnly(Grant rule) {
        return switch (rule.operation()) {
            case ALTER -> Optional.of(looking(rule.resource(), AclOperation.DESCRIBE));
            case ALTER_CONFIGS -> Optional.of(looking(rule.resource(), AclOperation.DESCRIBE_CONFIGS));
            default -> Optional.empty();
        };
    }

    Grant lookingAt(String topic) {
        return looking(new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL), AclOperation.DESCRIBE);
    }

    private Grant looking(ResourcePattern resource, AclOperation operation) {
        String principal = system.catalogue().where().principalOf(ROLE);
        AccessControlEntry entry = new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW);
        return new Grant(ROLE, new AclBinding(resource, entry), "looks");
    }

    /** Does the work that the rule is for; returns the refusal, or empty if the work was done. */
    Optional<String> tryFor(Grant rule) {
        return switch (rule.operation()) {
            case CREATE ->
                isOfMarkers(rule)
                        ? type("apply", "--yes").lineWith("the cluster is not marked")
                        : type("apply", "--yes", "--allow-disruptive").refusal();
            case ALTER, ALTER_CONFIGS ->
                type("apply", "--yes", "--allow-disruptive").refusal();
            case READ -> type("reference", "plan").refusal();
            case WRITE ->
                type("reference", "apply", "--yes", "--rules", changedRules()).refusal();
            case DESCRIBE_CONFIGS -> type("check").lineWith("not allowed to read");
            case DESCRIBE -> describe(rule);
            default -> throw new IllegalArgumentException("no work for " + rule);
        };
    }

    private static boolean isOfMarkers(Grant rule) {
        return rule.resource().name().startsWith("clinical-streams.environment.");
    }

    private Optional<String> describe(Grant rule) {
        if (rule.resource().resourceType() == ResourceType.CLUSTER) {
            return type("access").refusal();
        }
        if (rule.resource().resourceType() == ResourceType.GROUP) {
            return type("check").lineWith("not allowed to read");
        }
        if (isOfMarkers(rule)) {
            return type("check").lineWith("not allowed to read");
        }
        if (rule.resource().patternType() == PatternType.PREFIXED) {
            String forgotten = rule.resource().name() + FORGOTTEN;
            return type("check")
                            .lineWith(forgotten + " is not declared by lane")
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of("Not authorized to find " + forgotten);
        }
        return type("plan").refusal();
    }

    /** The project's rules, each with a different cool-down. */
    private String changedRules() {
        Path file = Path.of(System.getProperty("project.root", "../.."), "topics", "reference", "alert-rules.yaml");
        try {
            Path changed = Files.createDirectories(folder.resolve("changed-rules"));
            String rules = Files.readString(file);
            assertThat(rules).contains("cool-down: PT1H");
            Files.writeString(changed.resolve("alert-rules.yaml"), rules.replace("cool-down: PT1H", "cool-down: PT2H"));
            return changed.toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void delete(String topic) {
        Void unused = Answer.of(admin().deleteTopics(List.of(topic)).all());
        await().atMost(PATIENCE).pollInterval(GLANCE).until(() -> !names().contains(topic));
    }

    private void create(String topic) {
        Void unused = Answer.of(
                admin().createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all());
        await().atMost(PATIENCE).pollInterval(GLANCE).until(() -> names().contains(topic));
    }

    private Set<String> names() {
        return Answer.of(admin().listTopics().names());
    }

    private void drift(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(DRIFTED, "7"), AlterConfigOp.OpType.SET);
        Void unused = Answer.of(admin().incrementalAlterConfigs(Map.of(resource, List.of(change)))
                .all());
        await().atMost(PATIENCE).pollInterval(GLANCE).until(() -> Answer.of(
                        admin().describeConfigs(List.of(resource)).all())
                .get(resource)
                .get(DRIFTED)
                .value()
                .equals("7"));
    }

    private Admin admin() {
        return system.admin();
    }
}
