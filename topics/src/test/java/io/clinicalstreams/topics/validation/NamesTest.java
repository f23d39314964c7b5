package io.clinicalstreams.topics.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import org.junit.jupiter.params.provider.ValueSource;

/** Names are those that Kafka accepts, alone and together. */
class NamesTest {

    private static final String SEEN = "catalogue/clinical.thing.seen.yaml";
    private static final String SEEING = "catalogue/lanes/seeing.yaml";
    private static final String STORE = "stores:\n  - {name: %s, kind: key-value, changelog: true, goal: Remembers.}\n";

    private final Path folder;
    private final SmallCatalogue catalogue;

    NamesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.catalogue = SmallCatalogue.in(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "Orders_v1", "shop.orders-2.PLACED", "clinical.thing.seen.again"})
    void ofTopicsAreOfAnyShape(String name) throws IOException {
        writeTopic(name);

        assertThat(catalogue.load().topic(name).fullName()).isEqualTo(name);
    }

    @Test
    void ofTopicsHaveAsManyCharactersAsKafkaAllows() throws IOException {
        writeTopic("o".repeat(249));

        assertThat(catalogue.load().topics()).hasSize(3);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiterString = " | ", textBlock = """
            clinical.thing.seen.yaml | order placed | name | contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'
            clinical.thing.seen.yaml | größe | name | contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'
            clinical.thing.seen.yaml | .. | name | is invalid: '..' is not allowed
            clinical.thing.seen.yaml | __consumer_offsets | name | is one of Kafka's own topics
            clinical.thing.seen.yaml | __cluster_metadata | name | is one of Kafka's own topics
            lanes/seeing.yaml | see/ing | name | contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'
            clients/gateway.yaml | gate way | name | contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'
            """)
    void whatKafkaRefusesIsRefusedHere(String file, String name, String path, String message) throws IOException {
        String text = Files.readString(folder.resolve("catalogue/" + file));
        catalogue.write("catalogue/" + file, text.replaceFirst("name: .*", "name: " + name));

        assertThat(problems()).anySatisfy(problem -> {
            assertThat(problem.file()).isEqualTo("catalogue/" + file);
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.message()).startsWith("'" + name + "' ").contains(message);
        });
    }

    @Test
    void areNotLongerThanKafkaAllowsWithAnEnvironmentsPrefix() throws IOException {
        writeTopic("o".repeat(245));
        catalogue.append("environments/test.yaml", "name-prefix: test.\n");

        assertThat(problems())
                .containsExactly(new Problem(
                        "catalogue/" + "o".repeat(245) + ".yaml",
                        "name",
                        "in environment test it leads to a topic name of 250 characters, more than Kafka's 249: 'test."
                                + "o".repeat(245) + "'"));
    }

    @Test
    void doNotDifferOnlyInDotsAndUnderscores() throws IOException {
        writeTopic("clinical.thing_seen");

        assertThat(problems())
                .containsExactly(new Problem(
                        "catalogue/clinical.thing_seen.yaml",
                        "name",
                        "'clinical.thing_seen' and 'clinical.thing.seen' would have the same name in metrics, where '.'"
                                + " and '_' are equal: the brokers refuse the second"));
    }

    @Test
    void ofChangelogsAreNotLongerEither() throws IOException {
        String store = "s".repeat(227);
        catalogue.append(SEEING, STORE.formatted(store));

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(SEEING);
            assertThat(problem.path()).isEqualTo("stores");
            assertThat(problem.message())
                    .contains("a topic name of 250 characters")
                    .endsWith("-changelog'");
        });
    }

    @Test
    void ofChangelogsDoNotDifferFromATopicsOnlyInDotsAndUnderscores() throws IOException {
        catalogue.append(SEEING, STORE.formatted("things"));
        writeTopic("small_seeing-things-changelog");

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(SEEING);
            assertThat(problem.path()).isEqualTo("stores");
            assertThat(problem.message())
                    .startsWith(
                            "'small.seeing-things-changelog' and 'small_seeing-things-changelog' would have the same name");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient state", "a/b", "ä"})
    void ofStoresAreLegalToo(String store) throws IOException {
        catalogue.append(SEEING, STORE.formatted('"' + store + '"'));

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(SEEING);
            assertThat(problem.path()).isEqualTo("stores." + store + ".name");
            assertThat(problem.message()).startsWith("'" + store + "' is invalid");
        });
    }

    @Test
    void ofApplicationIdsAreLegalToo() throws IOException {
        catalogue.replace(SEEING, "application-id: small.seeing", "application-id: small seeing");

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("application-id");
            assertThat(problem.message()).startsWith("'small seeing' is invalid");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"small.seeing-things-changelog", "small.seeing-by-place-repartition"})
    void ofTopicsAreNotThoseOfKafkaStreamsInternalTopics(String name) throws IOException {
        writeTopic(name);

        assertThat(problems())
                .containsExactly(new Problem(
                        "catalogue/" + name + ".yaml",
                        "name",
                        "'" + name + "' has the name of an internal topic of lane seeing"));
    }

    private void writeTopic(String name) throws IOException {
        catalogue.write(
                "catalogue/" + name + ".yaml",
                Files.readString(folder.resolve(SEEN)).replace("name: clinical.thing.seen", "name: " + name));
    }

    private List<Problem> problems() {
        CatalogueException refused = catchThrowableOfType(CatalogueException.class, catalogue::load);
        assertThat(refused).isNotNull();
        return refused.problems();
    }
}
