package io.clinicalstreams.topics.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.CatalogueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Access rights derived from the catalogue. */
class LeastPrivilegeTest {

    private final List<Grant> production = LeastPrivilege.of(CatalogueLoader.load("production"));

    @Test
    void aGatewayMayOnlyWriteTheInput() {
        assertThat(lines(production, "gateway"))
                .containsExactly("User:clinical-gateway may write on topic clinical.resource.received");
    }

    @Test
    void theRecordingLaneMayReadItsSourcesAndWriteItsSinksAndKeepItsOffsets() {
        assertThat(lines(production, "recording"))
                .containsExactly(
                        "User:clinical-recording may read on topic clinical.resource.received",
                        "User:clinical-recording may read on topic clinical.resource.rekeyed",
                        "User:clinical-recording may write on topic clinical.observation.recorded",
                        "User:clinical-recording may write on topic clinical.medication.requested",
                        "User:clinical-recording may write on topic administrative.encounter.changed",
                        "User:clinical-recording may write on topic reference.medication.catalog",
                        "User:clinical-recording may write on topic clinical.resource.rekeyed",
                        "User:clinical-recording may write on topic clinical.resource.rejected",
                        "User:clinical-recording may write on topic clinical.resource.accounted",
                        "User:clinical-recording may describe configs on topic clinical.resource.received",
                        "User:clinical-recording may describe configs on topic clinical.resource.rekeyed",
                        "User:clinical-recording may describe configs on topic clinical.observation.recorded",
                        "User:clinical-recording may describe configs on topic clinical.medication.requested",
                        "User:clinical-recording may describe configs on topic administrative.encounter.changed",
                        "User:clinical-recording may describe configs on topic reference.medication.catalog",
                        "User:clinical-recording may describe configs on topic clinical.resource.rejected",
                        "User:clinical-recording may describe configs on topic clinical.resource.accounted",
                        "User:clinical-recording may describe on topic clinical-streams.environment.*",
                        "User:clinical-recording may describe configs on the cluster",
                        "User:clinical-recording may read on group clinical-streams.recording",
                        "User:clinical-recording may describe on group clinical-streams.alerting",
                        "User:clinical-recording may write on transactional id clinical-streams.recording-*");
    }

    @Test
    void theAlertingLaneMayAlsoReadRulesAndKeepItsStateAndSendTicks() {
        String changelog = "topic clinical-streams.alerting-patient-state-changelog";
        assertThat(lines(production, "alerting"))
                .contains(
                        "User:clinical-alerting may read on topic reference.alert.rule",
                        "User:clinical-alerting may write on topic clinical.resource.received",
                        "User:clinical-alerting may create on " + changelog,
                        "User:clinical-alerting may write on " + changelog,
                        "User:clinical-alerting may read on " + changelog,
                        "User:clinical-alerting may describe configs on " + changelog,
                        "User:clinical-alerting may write on topic clinical.resource.rekeyed",
                        "User:clinical-alerting may describe on group clinical-streams.recording")
                .hasSize(23);
    }

    @Test
    void anAlertConsumerMayReadAlertsInItsOwnGroups() {
        assertThat(lines(production, "alert-consumer"))
                .containsExactly(
                        "User:clinical-alert-consumer may read on topic clinical.alert.generated",
                        "User:clinical-alert-consumer may read on topic clinical.alert.current",
                        "User:clinical-alert-consumer may read on group alert-consumer-*");
    }

    @Test
    void theVerifierMayReadEveryTopicOfTheLanesAndSeeTheirProgress() {
        assertThat(lines(production, "verifier"))
                .contains(
                        "User:clinical-verifier may read on topic clinical.resource.received",
                        "User:clinical-verifier may read on topic reference.alert.rule",
                        "User:clinical-verifier may read on topic clinical.alert.current",
                        "User:clinical-verifier may describe on group clinical-streams.recording",
                        "User:clinical-verifier may describe on group clinical-streams.alerting")
                .doesNotHaveDuplicates()
                .hasSize(13);
    }

    @Test
    void aClientHasOnlyTheRightsOfItsFile(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.write("catalogue/clients/mirror.yaml", """
                name: mirror
                goal: Copies things to another cluster.
                reads: [clinical.thing.seen]
                writes: [clinical.thing.received]
                consumer-groups: to-the-other-cluster-
                """);
        catalogue.append("environments/test.yaml", "name-prefix: test.\n");

        List<Grant> grants = LeastPrivilege.of(catalogue.load());

        assertThat(lines(grants, "mirror"))
                .containsExactly(
                        "User:test-mirror may write on topic test.clinical.thing.received",
                        "User:test-mirror may read on topic test.clinical.thing.seen",
                        "User:test-mirror may read on group test.to-the-other-cluster-*");
        assertThat(of(grants, "mirror").map(Grant::why)).contains("copies things to another cluster");
    }

    @Test
    void aTopicThatAClientBothReadsAndVerifiesIsGrantedOnce(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.write("catalogue/clients/auditor.yaml", """
                name: auditor
                goal: Compares what was seen with what was sent.
                reads: [clinical.thing.seen]
                verifies: [seeing]
                """);

        assertThat(lines(LeastPrivilege.of(catalogue.load()), "auditor"))
                .doesNotHaveDuplicates()
                .anyMatch(line -> line.endsWith(" may read on topic clinical.thing.seen"));
    }

    @Test
    void whoOnlyHasTopicsHasAnOperator(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        Files.delete(folder.resolve("catalogue/lanes/seeing.yaml"));
        Files.delete(folder.resolve("catalogue/lanes"));
        Files.delete(folder.resolve("catalogue/clients/gateway.yaml"));
        Files.delete(folder.resolve("catalogue/clients"));

        assertThat(LeastPrivilege.of(catalogue.load()).stream().map(Grant::role))
                .isNotEmpty()
                .containsOnly(Catalogue.OPERATOR);
    }

    @Test
    void aTableThatAClientFillsIsNotTheOperators(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.write("catalogue/stock.yaml", """
                name: stock
                goal: What is there.
                profile: fast
                key: article
                value: JSON
                keyed-order: true
                partitions: 4
                settings:
                  cleanup.policy: {value: compact, why: A table., evidence: pending}
                """);
        catalogue.replace("catalogue/lanes/seeing.yaml", "references: []", "references: [stock]");
        String operatorWrites = "User:operator may write on topic stock";
        assertThat(lines(LeastPrivilege.of(catalogue.load()), "operator")).contains(operatorWrites);

        catalogue.replace("catalogue/clients/gateway.yaml", "received]", "received, stock]");

        assertThat(lines(LeastPrivilege.of(catalogue.load()), "operator"))
                .contains("User:operator may describe on topic stock")
                .doesNotContain(operatorWrites, "User:operator may read on topic stock");
    }

    @Test
    void theOperatorMaySeeNoPatientAndGrantNoRight() {
        List<Grant> operator = of(production, "operator").toList();

        assertThat(operator)
                .filteredOn(grant -> grant.operation() == AclOperation.READ)
                .singleElement()
                .hasToString("User:clinical-operator may read on topic reference.alert.rule");
        assertThat(operator)
                .filteredOn(grant -> grant.resource().resourceType() == ResourceType.CLUSTER)
                .extracting(Grant::toString)
                .containsExactly(
                        "User:clinical-operator may describe on the cluster",
                        "User:clinical-operator may describe configs on the cluster");
    }

    @Test
    void theOperatorMayAddPartitionsOnlyIfNoReaderReliesOnKeyOrder() {
        assertThat(of(production, "operator"))
                .filteredOn(grant -> grant.operation() == AclOperation.ALTER)
                .singleElement()
                .hasToString("User:clinical-operator may alter on topic clinical.resource.rejected");
    }

    @Test
    void theOperatorSeesUndeclaredInternalTopics() {
        assertThat(lines(production, "operator"))
                .contains(
                        "User:clinical-operator may describe on topic clinical-streams.recording-*",
                        "User:clinical-operator may describe on topic clinical-streams.alerting-*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"development", "staging", "production"})
    void nobodyMayDoEverythingOrDeleteOrUseAllOfAKind(String environment) {
        assertThat(LeastPrivilege.of(CatalogueLoader.load(environment)))
                .isNotEmpty()
                .allSatisfy(grant -> {
                    assertThat(grant.operation())
                            .isNotIn(AclOperation.ALL, AclOperation.DELETE, AclOperation.CLUSTER_ACTION);
                    assertThat(grant.resource().name()).isNotIn("", "*");
                    assertThat(grant.binding().entry().permissionType()).isEqualTo(AclPermissionType.ALLOW);
                });
    }

    @Test
    void anotherEnvironmentOnTheSameClusterSharesNeitherResourceNorPrincipal() {
        List<Grant> staging = LeastPrivilege.of(CatalogueLoader.load("staging"));

        assertThat(staging).hasSameSizeAs(production);
        assertThat(staging)
                .filteredOn(grant -> grant.resource().resourceType() != ResourceType.CLUSTER)
                .allSatisfy(grant -> {
                    assertThat(grant.resource().name()).startsWith("staging.");
                    assertThat(grant.principal()).startsWith("User:staging-clinical-");
                });
    }

    @Test
    void anEnvironmentNamesItsPrincipals(@TempDir Path folder) throws IOException {
        String own = "principals:\n  recording: User:CN=recording,O=St Mary\n";

        List<Grant> grants = LeastPrivilege.of(withDevelopment(folder, own));

        assertThat(of(grants, "recording").map(Grant::principal)).containsOnly("User:CN=recording,O=St Mary");
        assertThat(of(grants, "gateway").map(Grant::principal)).containsOnly("User:clinical-gateway");
    }

    @Test
    void anEmptyPrincipalAndTheWildcardAreRefused(@TempDir Path folder) {
        assertThatThrownBy(() -> withDevelopment(folder, "principals:\n  registrar: User:somebody\n"))
                .isInstanceOf(CatalogueException.class)
                .hasMessage("environments/development.yaml: principals.registrar: no such role; known are alerting,"
                        + " recording, alert-consumer, gateway, verifier, operator");
        assertThatThrownBy(() -> withDevelopment(folder, "principals:\n  gateway: User:*\n"))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("environments/development.yaml: principals: gateway must be one user");
    }

    private static Catalogue withDevelopment(Path folder, String more) throws IOException {
        Path source = Path.of(System.getProperty("project.root", ".."), "topics");
        try (Stream<Path> files = Files.walk(source, 3)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                Path copy = folder.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file));
            }
        }
        Path development = folder.resolve("environments/development.yaml");
        Files.writeString(development, Files.readString(development) + more);
        return CatalogueLoader.load(folder, "development");
    }

    private static Stream<Grant> of(List<Grant> grants, String role) {
        return grants.stream().filter(grant -> grant.role().equals(role));
    }

    private static List<String> lines(List<Grant> grants, String role) {
        return of(grants, role).map(Grant::toString).toList();
    }
}
