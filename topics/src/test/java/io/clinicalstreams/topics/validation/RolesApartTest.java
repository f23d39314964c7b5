package io.clinicalstreams.topics.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No role gets another's rights because of a common prefix or a shared principal. */
class RolesApartTest {

    private static final String SEEING = "catalogue/lanes/seeing.yaml";
    private static final String WATCHING = "catalogue/lanes/watching.yaml";
    private static final String PAGER = "catalogue/clients/pager.yaml";
    private static final String TEST = "environments/test.yaml";

    private final Path folder;
    private final SmallCatalogue catalogue;

    RolesApartTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.catalogue = SmallCatalogue.in(folder);
    }

    @Test
    void aLaneIsNotTheOperator() throws IOException {
        lane("operator", "small.operator");

        assertThat(problems())
                .contains(new Problem(
                        "catalogue/lanes/operator.yaml",
                        "name",
                        "'operator' is the operator's role: the two would share their rights"));
    }

    @Test
    void aClientIsNotTheOperator() throws IOException {
        client("operator", "");

        assertThat(problems())
                .contains(new Problem(
                        "catalogue/clients/operator.yaml",
                        "name",
                        "'operator' is the operator's role: the two would share their rights"));
    }

    @Test
    void aClientIsNotALane() throws IOException {
        client("seeing", "");

        assertThat(problems())
                .contains(new Problem(
                        "catalogue/clients/seeing.yaml",
                        "name",
                        "'seeing' is also a lane's name: they would share their rights"));
    }

    @Test
    void twoClientsDoNotShareAName() throws IOException {
        client("pager", "");
        catalogue.write("catalogue/clients/copy.yaml", Files.readString(folder.resolve(PAGER)));

        assertThat(problems())
                .contains(new Problem(PAGER, "name", "'pager' already has a file, catalogue/clients/copy.yaml"));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({"seeing, watching", "operator, gateway", "gateway, seeing"})
    void twoRolesAreNotOnePrincipal(String one, String other) throws IOException {
        lane("watching", "small.watching");
        catalogue.append(TEST, "principals:\n  %s: User:both\n  %s: User:both\n".formatted(one, other));

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(TEST);
            assertThat(problem.path()).startsWith("principals.");
            assertThat(problem.message())
                    .startsWith("'User:both' would be both ")
                    .contains(one, other)
                    .endsWith(", with the rights of both");
        });
    }

    @Test
    void aRoleDoesNotTakeAnothersUsualPrincipal() throws IOException {
        catalogue.append(TEST, "principal-prefix: my-\nprincipals:\n  gateway: User:my-operator\n");

        assertThat(problems())
                .containsExactly(new Problem(
                        TEST,
                        "principals.gateway",
                        "'User:my-operator' would be both gateway and operator, with the rights of both"));
    }

    @Test
    void principalsMayBeSwapped() throws IOException {
        catalogue.append(TEST, "principals:\n  gateway: User:operator\n  operator: User:gateway\n");

        assertThat(catalogue.load().where().principalOf("gateway")).isEqualTo("User:operator");
    }

    @Test
    void anApplicationIdDoesNotBeginAsAnothers() throws IOException {
        lane("watching", "small.seeing-twice");

        assertThat(problems())
                .containsExactly(new Problem(
                        WATCHING,
                        "application-id",
                        "'small.seeing-twice' begins with lane seeing's 'small.seeing-': its transactional ids and"
                                + " internal topics would count as that lane's"));
    }

    @Test
    void alsoIfTheOtherFileComesLater() throws IOException {
        lane("watching", "small");
        catalogue.replace(SEEING, "small.seeing", "small-seeing");

        assertThat(problems())
                .extracting(Problem::file, Problem::path)
                .containsExactly(tuple(SEEING, "application-id"));
    }

    @Test
    void anApplicationIdMayGoOnWithoutAHyphen() throws IOException {
        lane("watching", "small.seeing2");

        assertThat(catalogue.load().lanes()).hasSize(2);
    }

    @Test
    void aClientsGroupsAreNotALanes() throws IOException {
        client("pager", "consumer-groups: small.\n");

        assertThat(problems())
                .containsExactly(new Problem(
                        PAGER,
                        "consumer-groups",
                        "'small.' is a prefix of lane seeing's group 'small.seeing': the client could take its"
                                + " partitions"));
    }

    @Test
    void aClientsGroupsAreNotAnotherClients() throws IOException {
        client("pager", "");
        client("pager-at-night", "");

        assertThat(problems())
                .containsExactly(new Problem(
                        "catalogue/clients/pager.yaml",
                        "consumer-groups",
                        "'pager-' and client pager-at-night's 'pager-at-night-' overlap: one could take the"
                                + " other's partitions"));
    }

    @Test
    void whoReadsNothingHasNoGroupsThatCouldBeginAlike() throws IOException {
        client("gateway-of-the-ward", "");

        assertThat(catalogue.load().clients()).hasSize(2);
    }

    private void lane(String name, String applicationId) throws IOException {
        catalogue.write(
                "catalogue/lanes/" + name + ".yaml",
                Files.readString(folder.resolve(SEEING))
                        .replace("name: seeing", "name: " + name)
                        .replace("application-id: small.seeing", "application-id: " + applicationId));
    }

    private void client(String name, String more) throws IOException {
        catalogue.write("catalogue/clients/" + name + ".yaml", """
                name: %s
                goal: Reads things.
                reads: [clinical.thing.seen]
                %s""".formatted(name, more));
    }

    private List<Problem> problems() {
        CatalogueException refused = catchThrowableOfType(CatalogueException.class, catalogue::load);
        assertThat(refused).isNotNull();
        return refused.problems();
    }
}
