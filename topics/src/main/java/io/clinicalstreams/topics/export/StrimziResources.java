package io.clinicalstreams.topics.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.access.Grant;
import io.clinicalstreams.topics.access.LeastPrivilege;
import io.clinicalstreams.topics.problem.CommandException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code KafkaTopic} and {@code KafkaUser} resources for Strimzi's topic and user operators. An environment without
 * authentication has no users.
 */
record StrimziResources(Catalogue catalogue, String cluster) {

    private static final String API_VERSION = "kafka.strimzi.io/v1";

    /** The topic operator adds partitions even if readers rely on their number; {@code topics apply} does not. */
    private static final String KEYED = " Do not add partitions: keys would move to other partitions.";

    /**
     * One document for each topic, then one for each principal.
     *
     * @throws CommandException if Strimzi does not support users with the environment's security
     */
    String yaml() {
        StrimziUsers users = StrimziUsers.of(catalogue.where().security());
        YAMLMapper mapper = YAMLMapper.builder()
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
                .build();
        StringBuilder yaml = new StringBuilder("# clinical-streams in " + catalogue.environment()
                + ". Written by 'topics export --format strimzi': edit the catalogue, not this file.\n");
        for (Topic topic : catalogue.topics()) {
            append(topic.goal() + (topic.keyedOrder() ? KEYED : ""), topic(topic), mapper, yaml);
        }
        if (users == StrimziUsers.NONE) {
            return yaml.append("# No users: this environment has no authentication.\n")
                    .toString();
        }
        byPrincipal().forEach((principal, grants) -> {
            String roles = grants.stream().map(Grant::role).distinct().collect(Collectors.joining(", "));
            append(roles, user(users, principal, grants), mapper, yaml);
        });
        return yaml.toString();
    }

    private Map<String, Object> topic(Topic topic) {
        Map<String, Object> config = new LinkedHashMap<>();
        topic.settings().plain().forEach((name, value) -> config.put(name, scalar(value)));
        String name = StrimziNames.of(topic.fullName());
        Map<String, Object> spec = new LinkedHashMap<>();
        if (!name.equals(topic.fullName())) {
            spec.put("topicName", topic.fullName());
        }
        spec.put("partitions", topic.partitions());
        spec.put("replicas", topic.replication());
        spec.put("config", config);
        return resource("KafkaTopic", name, spec);
    }

    private Map<String, Object> user(StrimziUsers users, String principal, List<Grant> grants) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("authentication", Map.of("type", users.authentication()));
        Map<String, Object> authorization = new LinkedHashMap<>();
        authorization.put("type", "simple");
        authorization.put("acls", StrimziAcl.of(grants));
        spec.put("authorization", authorization);
        return resource("KafkaUser", users.nameOf(principal), spec);
    }

    private Map<String, Object> resource(String kind, String name, Map<String, Object> spec) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("labels", Map.of("strimzi.io/cluster", cluster));
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("apiVersion", API_VERSION);
        resource.put("kind", kind);
        resource.put("metadata", metadata);
        resource.put("spec", spec);
        return resource;
    }

    private Map<String, List<Grant>> byPrincipal() {
        return LeastPrivilege.of(catalogue).stream()
                .collect(Collectors.groupingBy(Grant::principal, LinkedHashMap::new, Collectors.toList()));
    }

    /** Whole numbers and booleans as YAML values; the rest as text. */
    private static Object scalar(String value) {
        if (value.matches("-?\\d{1,18}")) {
            return Long.valueOf(value);
        }
        return value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value;
    }

    private static void append(String comment, Map<String, Object> resource, YAMLMapper mapper, StringBuilder to) {
        try {
            to.append("---\n# ").append(comment).append('\n').append(mapper.writeValueAsString(resource));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of text can be written", impossible);
        }
    }
}
