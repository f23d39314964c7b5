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

/** A lane is distinct from others, restores its own state, and uses its file's settings. */
class LaneAloneTest {

    private static final String SEEING = "catalogue/lanes/seeing.yaml";

    private final Path folder;
    private final SmallCatalogue catalogue;

    LaneAloneTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.catalogue = SmallCatalogue.in(folder);
    }

    @Test
    void refusesTwoLanesUnderOneApplicationId() throws IOException {
        String lane = Files.readString(folder.resolve(SEEING));
        catalogue.write("catalogue/lanes/watching.yaml", lane.replace("name: seeing", "name: watching"));

        assertThat(problems())
                .containsExactly(new Problem(
                        "catalogue/lanes/watching.yaml",
                        "application-id",
                        "'small.seeing' is also lane seeing's: they would share a consumer group"));
    }

    @Test
    void refusesAChangelogThatAcceptsLessThanTheLaneSends() throws IOException {
        catalogue.append(SEEING, """
                stores:
                  - {name: things, kind: key-value, changelog: true, goal: Remembers.}
                settings:
                  topic.max.message.bytes: {value: 949999, why: Small., evidence: pending}
                """);

        assertThat(problems())
                .containsExactly(new Problem(
                        SEEING,
                        "settings.topic.max.message.bytes",
                        "is 949999, must be at least producer.max.request.size, 950000 (profiles/fast.yaml): or a"
                                + " changelog refuses what the lane's producer accepts"));
    }

    @Test
    void refusesASettingForAllConsumersThatTheMainOneWouldNotSee() throws IOException {
        catalogue.append(SEEING, """
                settings:
                  consumer.session.timeout.ms: {value: 20000, why: Patient., evidence: pending}
                """);

        assertThat(problems())
                .containsExactly(new Problem(
                        SEEING,
                        "settings.consumer.session.timeout.ms",
                        "has no effect on lane seeing's input: profiles/fast.yaml has consumer.session.timeout.ms;"
                                + " write main.consumer.session.timeout.ms instead, or as well"));
    }

    @Test
    void acceptsASettingForAllConsumersTogetherWithOneForTheMainConsumer() throws IOException {
        catalogue.append(SEEING, """
                settings:
                  consumer.session.timeout.ms: {value: 20000, why: Patient., evidence: pending}
                  main.consumer.session.timeout.ms: {value: 9000, why: Less so., evidence: pending}
                """);

        assertThat(catalogue.load().lanes()).hasSize(1);
    }

    private List<Problem> problems() {
        CatalogueException refused = catchThrowableOfType(CatalogueException.class, catalogue::load);
        assertThat(refused).isNotNull();
        return refused.problems();
    }
}
