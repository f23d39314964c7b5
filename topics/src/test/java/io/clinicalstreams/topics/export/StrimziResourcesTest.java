package io.clinicalstreams.topics.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.access.Grant;
import io.clinicalstreams.topics.access.LeastPrivilege;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The resources against Strimzi's definitions of them. */
class StrimziResourcesTest {

    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private final CustomResourceDefinition kafkaTopic = CustomResourceDefinition.of("kafkatopic-crd.yaml");
    private final CustomResourceDefinition kafkaUser = CustomResourceDefinition.of("kafkauser-crd.yaml");
    private final Catalogue production = Catalogue.load("production");

    @ParameterizedTest
    @ValueSource(strings = {"development", "staging", "production"})
    void areAsStrimziDefinesThem(String environment) throws IOException {
        assertThat(resources(Catalogue.load(environment))).hasSize(11 + 5).allSatisfy(resource -> {
            CustomResourceDefinition definition = kafkaTopic.describes(resource) ? kafkaTopic : kafkaUser;
            assertThat(definition.describes(resource)).isTrue();
            assertThat(definition.problems(resource)).isEmpty();
        });
    }

    @Test
    void anUnknownFieldAWrongTypeAndAnUnknownOperationWouldBeFound() throws IOException {
        ObjectNode topic = (ObjectNode) resources(production).get(0);
        ObjectNode user = (ObjectNode) resources(production).get(11);
        ((ObjectNode) topic.get("spec")).put("replication", 3).put("partitions", "16");
        ((ObjectNode) topic.get("metadata")).put("nmae", "x");
        ((ObjectNode) user.get("spec").get("authorization").get("acls").get(0))
                .put("operation", "Read")
                .withArray("operations")
                .add("Peek");

        assertThat(kafkaTopic.problems(topic)).hasSize(3).anySatisfy(problem -> assertThat(problem)
                .contains("replication"));
        assertThat(kafkaUser.problems(user)).hasSize(2);
    }

    @Test
    void haveEachTopicWithItsPartitionsReplicasAndSettings() throws IOException {
        List<JsonNode> resources = resources(production);

        assertThat(production.topics()).allSatisfy(topic -> {
            JsonNode resource = named(topic.fullName(), resources);
            assertThat(resource.get("spec").get("partitions").asInt()).isEqualTo(topic.partitions());
            assertThat(resource.get("spec").get("replicas").asInt()).isEqualTo(topic.replication());
            assertThat(settings(resource)).isEqualTo(plain(topic));
        });
    }

    @Test
    void haveEachPrincipalWithItsRulesAndNoOthers() throws IOException {
        JsonNode recording = named("clinical-recording", resources(production));

        long operations = StreamSupport.stream(
                        recording.get("spec").get("authorization").get("acls").spliterator(), false)
                .mapToLong(acl -> acl.get("operations").size())
                .sum();
        assertThat(operations)
                .isEqualTo(LeastPrivilege.of(production).stream()
                        .map(Grant::role)
                        .filter("recording"::equals)
                        .count());
        assertThat(recording.get("spec").get("authorization").get("acls"))
                .contains(YAML.readTree("""
                        resource: {type: transactionalId, name: clinical-streams.recording-, patternType: prefix}
                        operations: [Write]
                        """), YAML.readTree("""
                        resource: {type: topic, name: clinical.resource.rekeyed, patternType: literal}
                        operations: [Read, Write]
                        """));
        assertThat(recording.get("spec").get("authentication").get("type").asText())
                .isEqualTo("scram-sha-512");
    }

    @Test
    void aPrincipalThatNoKafkaUserCanBeIsRefusedByName() {
        Environment where = production.where();
        Catalogue other = new Catalogue(
                new Environment(
                        where.name(),
                        where.goal(),
                        where.namePrefix(),
                        where.brokers(),
                        where.replication(),
                        where.minInsyncReplicas(),
                        where.standbyReplicas(),
                        where.retentionAtMost(),
                        Map.of("gateway", "User:CN=Gateway")),
                production.topics(),
                production.lanes());

        assertThatThrownBy(() -> new StrimziResources(other, "ward").yaml())
                .isInstanceOf(ExportRefused.class)
                .hasMessageContaining("principal 'User:CN=Gateway'");
    }

    private static List<JsonNode> resources(Catalogue catalogue) throws IOException {
        String yaml = new StrimziResources(catalogue, "ward").yaml();
        return YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll();
    }

    private static JsonNode named(String name, List<JsonNode> resources) {
        return resources.stream()
                .filter(resource ->
                        resource.get("metadata").get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> settings(JsonNode resource) {
        return YAML.convertValue(
                resource.get("spec").get("config"),
                YAML.getTypeFactory().constructMapType(Map.class, String.class, String.class));
    }

    private static Map<String, String> plain(Topic topic) {
        return topic.settings().plain();
    }
}
