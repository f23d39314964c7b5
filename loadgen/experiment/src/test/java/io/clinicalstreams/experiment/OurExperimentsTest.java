package io.clinicalstreams.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The experiments in {@code loadgen/experiments}. */
final class OurExperimentsTest {

    /** A limit that follows from the topic's; nothing becomes faster by it. */
    private static final String LIMIT = "producer.max.request.size";

    private static final Catalogue CATALOGUE = CatalogueLoader.load("development");

    @TempDir
    private Path folder;

    static List<CatalogueFile> files() {
        return ExperimentFiles.all();
    }

    /** So a mistake is found here, and not after an hour of trials. */
    @ParameterizedTest
    @MethodSource("files")
    void hasALoadableCatalogueForEachLevel(CatalogueFile file) throws IOException {
        Experiment experiment = ExperimentFiles.read(file);
        CatalogueLoader.copy(folder);
        LevelCatalogues levels = LevelCatalogues.of(experiment, file.name(), "development", folder);

        Set<Object> different = experiment.levels().stream()
                .map(level -> settings(levels, level))
                .collect(Collectors.toSet());

        boolean isOfTheMethod = experiment.name().equals("same-against-same");
        assertThat(different).hasSize(isOfTheMethod ? 1 : experiment.levels().size());
    }

    @Test
    void coverEveryPendingSettingOfAProducer() {
        List<String> covered = experiments()
                .flatMap(experiment -> experiment.evidenceFor().stream())
                .toList();

        assertThat(producerSettings()
                        .filter(setting -> setting.setting().isPending())
                        .filter(setting -> !setting.path().equals(LIMIT))
                        .map(OurExperimentsTest::place))
                .isNotEmpty()
                .isSubsetOf(covered);
    }

    /** A renamed setting would leave its experiment without a purpose. */
    @Test
    void areAboutSettingsThatExist() {
        assertThat(experiments().flatMap(experiment -> experiment.evidenceFor().stream()))
                .isSubsetOf(producerSettings().map(OurExperimentsTest::place).toList());
    }

    /** A verdict on another value would not be about the profile's. */
    @Test
    void haveTheProfilesValueAsBaseline() {
        experiments().forEach(experiment -> {
            Topic topic = CATALOGUE.topic(experiment.topic());
            experiment.evidenceFor().forEach(place -> {
                String name = place.substring(place.indexOf(": producer.") + ": producer.".length());
                assertThat(experiment.levels().get(0).producer())
                        .as(experiment.name() + ", " + name)
                        .containsEntry(name, topic.producer().plain().get(name));
            });
        });
    }

    private static Stream<Experiment> experiments() {
        return files().stream().map(ExperimentFiles::read);
    }

    private static Stream<EffectiveSetting> producerSettings() {
        return CATALOGUE.topics().stream()
                .flatMap(topic -> topic.profile().producer().byName().values().stream())
                .distinct();
    }

    private static String place(EffectiveSetting setting) {
        return setting.file() + ": " + setting.path();
    }

    private static Object settings(LevelCatalogues levels, FactorLevel level) {
        try {
            return levels.inEffect(level);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
