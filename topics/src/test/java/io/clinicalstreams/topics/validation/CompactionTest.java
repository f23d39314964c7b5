package io.clinicalstreams.topics.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings for compaction and deletion are checked against the topic's purpose. */
class CompactionTest {

    private static final String SEEN = "catalogue/clinical.thing.seen.yaml";
    private static final String TEST = "environments/test.yaml";
    private static final String SEEING = "catalogue/lanes/seeing.yaml";

    private final SmallCatalogue catalogue;

    CompactionTest(@TempDir Path folder) throws IOException {
        this.catalogue = SmallCatalogue.in(folder);
    }

    @Test
    void refusesATableWithKeysThatCouldMoveToOtherPartitions() throws IOException {
        catalogue.replace(SEEN, "keyed-order: true", "keyed-order: false");
        catalogue.append(SEEN, """
                settings:
                  cleanup.policy: {value: compact, why: A table., evidence: pending}
                """);

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(SEEN);
            assertThat(problem.path()).isEqualTo("keyed-order");
            assertThat(problem.message()).startsWith("is false, and the topic is compacted");
        });
    }

    @Test
    void refusesATableFromWhichRecordsGoByAge() throws IOException {
        catalogue.replace(SEEING, "references: []", "references: [clinical.thing.seen]");
        catalogue.append(SEEN, """
                settings:
                  cleanup.policy: {value: "compact,delete", why: A table for a while., evidence: pending}
                """);

        assertThat(problems())
                .containsExactly(new Problem(
                        SEEING,
                        "references",
                        "'clinical.thing.seen' is deleted by age as well as compacted, so it is not a table"));
    }

    @Test
    void checksSegmentsAgainstRetentionForCompactedTopicsToo() throws IOException {
        catalogue.append(SEEN, """
                settings:
                  cleanup.policy: {value: "compact,delete", why: A table for a while., evidence: pending}
                  segment.ms: {value: 7200001, why: Long., evidence: pending}
                """);

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("settings.segment.ms");
            assertThat(problem.message()).contains("must be at most topic.retention.ms, 7200000");
        });
    }

    @Test
    void refusesADeletionByAgeFromATableOfItsProfile() throws IOException {
        catalogue.replace("profiles/fast.yaml", "topic:\n", """
                topic:
                  cleanup.policy: {value: compact, why: Tables., evidence: pending}
                """);
        catalogue.append(SEEN, """
                settings:
                  cleanup.policy: {value: "compact,delete", why: A table for a while., evidence: pending}
                """);

        assertThat(problems())
                .containsExactly(new Problem(
                        SEEN,
                        "settings.cleanup.policy",
                        "is compact,delete, and profile fast keeps the latest value of every key: nothing may be"
                                + " deleted by age"));
    }

    @Test
    void isTheSameInEveryEnvironment() throws IOException {
        catalogue.append(TEST, """
                topic:
                  cleanup.policy: {value: delete, why: Disks are small., evidence: pending}
                """);

        assertThat(problems())
                .containsExactly(new Problem(
                        TEST,
                        "topic.cleanup.policy",
                        "is not set here: a topic's purpose is the same in every environment"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic.cleanup.policy: {value: delete", "topic.remote.storage.enable: {value: true"})
    void isDecidedByStreamsForAChangelog(String setting) throws IOException {
        catalogue.append(SEEING, "settings:\n  " + setting + ", why: Because., evidence: pending}\n");

        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(SEEING);
            assertThat(problem.message())
                    .isEqualTo("is not set here: Kafka Streams or the service decides it for a lane");
        });
    }

    private List<Problem> problems() {
        CatalogueException refused = catchThrowableOfType(CatalogueException.class, catalogue::load);
        assertThat(refused).isNotNull();
        return refused.problems();
    }
}
