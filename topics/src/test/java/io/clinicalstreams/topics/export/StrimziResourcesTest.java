package io.clinicalstreams.topics.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.access.Grant;
import io.clinicalstreams.topics.access.LeastPrivilege;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The resources against Strimzi's definitions of them. */
class StrimziResourcesTest {

    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private final CustomResourceDefinition kafkaTopic = CustomResourceDefinition.of("kafkatopic-crd.yaml");
    private final CustomResourceDefinition kafkaUser = CustomResourceDefinition.of("kafkauser-crd.yaml");
    private final Catalogue production = CatalogueLoader.load("production");

    @ParameterizedTest
    @CsvSource({"development, 0", "staging, 6", "production, 6"})
    void areAsStrimziDefinesThem(String environment, int users) throws IOException {
        Catalogue catalogue = CatalogueLoader.load(environment);

        assertThat(resources(catalogue))
                .hasSize(catalogue.topics().size() + users)
                .allSatisfy(resource -> {
                    CustomResourceDefinition definition = kafkaTopic.describes(resource) ? kafkaTopic : kafkaUser;
                    assertThat(definition.describes(resource)).isTrue();
                    assertThat(definition.problems(resource)).isEmpty();
                });
    }

    @Test
    void anUnknownFieldAWrongTypeAndAnUnknownOperationWouldBeFound() throws IOException {
        ObjectNode topic = (ObjectNode) resources(production).get(0);
        ObjectNode user =
                (ObjectNode) resources(production).get(production.topics().size());
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

    @ParameterizedTest
    @CsvSource({
        "orders.placed-2, orders.placed-2",
        "Orders_v1, orders-v1-[0-9a-f]{8}",
        "orders_v1, orders-v1-[0-9a-f]{8}",
        "_..orders-._, orders-[0-9a-f]{8}",
        "___, [0-9a-f]{8}"
    })
    void haveNamesThatKubernetesTakes(String topic, String name, @TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.write(
                "catalogue/" + topic + ".yaml",
                Files.readString(folder.resolve("catalogue/clinical.thing.seen.yaml"))
                        .replace("name: clinical.thing.seen", "name: " + topic));

        assertThat(resources(catalogue.load())).anySatisfy(resource -> {
            assertThat(resource.at("/metadata/name").asText()).matches(name);
            assertThat(resource.at("/spec/topicName").asText()).isEqualTo(name.equals(topic) ? "" : topic);
            assertThat(kafkaTopic.problems(resource)).isEmpty();
        });
    }

    @Test
    void haveNamesOfWhichNoTwoAreAlike() {
        assertThat(StrimziNames.of("Orders_v1"))
                .isNotEqualTo(StrimziNames.of("orders_v1"))
                .isNotEqualTo(StrimziNames.of("Orders-v1"));
        assertThat(StrimziNames.of("O".repeat(249))).hasSize(253);
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
                        operations: [Read, Write, DescribeConfigs]
                        """));
        assertThat(recording.get("spec").get("authentication").get("type").asText())
                .isEqualTo("scram-sha-512");
    }

    @Test
    void areOfTheVersionThatTheProjectNames() throws IOException {
        String pom = Files.readString(Path.of(System.getProperty("project.root", ".."), "pom.xml"));
        Matcher version =
                Pattern.compile("<strimzi\\.version>(.+)</strimzi\\.version>").matcher(pom);

        assertThat(version.find()).as("strimzi.version in pom.xml").isTrue();
        for (String definition : List.of("kafkatopic-crd.yaml", "kafkauser-crd.yaml")) {
            try (InputStream file =
                    Objects.requireNonNull(StrimziResourcesTest.class.getResourceAsStream("/strimzi/" + definition))) {
                assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                        .as(definition + ": run generate-crds.sh")
                        .startsWith("# Strimzi " + version.group(1) + ',');
            }
        }
    }

    @Test
    void haveUsersWithCertificatesIfClientsUseThem(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = secured(folder, "{protocol: SSL}");
        catalogue.append("environments/test.yaml", "principals:\n  gateway: User:CN=ward-gateway\n");

        List<JsonNode> resources = resources(catalogue.load());

        assertThat(named("ward-gateway", resources)
                        .at("/spec/authentication/type")
                        .asText())
                .isEqualTo("tls");
        assertThat(named("operator", resources).at("/spec/authentication/type").asText())
                .isEqualTo("tls");
        assertThat(resources).filteredOn(kafkaUser::describes).isNotEmpty().allSatisfy(resource -> assertThat(
                        kafkaUser.problems(resource))
                .isEmpty());
    }

    @Test
    void haveNoUsersWithoutAuthentication() {
        assertThat(new StrimziResources(CatalogueLoader.load("development"), "ward").yaml())
                .doesNotContain("KafkaUser")
                .endsWith("# No users: this environment has no authentication.\n");
    }

    @Test
    void refuseAWayInThatStrimziHasNoUsersFor(@TempDir Path folder) throws IOException {
        Catalogue catalogue =
                secured(folder, "{protocol: SASL_SSL, mechanism: OAUTHBEARER}").load();

        assertThatThrownBy(() -> new StrimziResources(catalogue, "ward").yaml())
                .isInstanceOf(CommandException.class)
                .hasMessage("security: Strimzi's user operator does not support OAUTHBEARER: use SCRAM-SHA-512, or SSL"
                        + " with certificates");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{protocol: SASL_SSL, mechanism: SCRAM-SHA-512} | User:CN=gateway",
                "{protocol: SSL}                                | User:CN=gateway,O=Hospital",
            })
    void aPrincipalThatNoKafkaUserCanBeIsRefusedByName(String security, String principal, @TempDir Path folder)
            throws IOException {
        SmallCatalogue catalogue = secured(folder, security);
        catalogue.append("environments/test.yaml", "principals:\n  gateway: " + principal + '\n');
        Catalogue loaded = catalogue.load();

        assertThatThrownBy(() -> new StrimziResources(loaded, "ward").yaml())
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("principal '" + principal + "'");
    }

    private static SmallCatalogue secured(Path folder, String security) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.replace("environments/test.yaml", "{protocol: PLAINTEXT}", security);
        return catalogue;
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
