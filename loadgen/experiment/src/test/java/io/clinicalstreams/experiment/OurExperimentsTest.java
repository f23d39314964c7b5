package io.clinicalstreams.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Profile;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.Origin;
import io.clinicalstreams.topics.setting.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The experiments in {@code loadgen/experiments}. */
final class OurExperimentsTest {

    private static final Path README =
            Path.of(System.getProperty("project.root", "../.."), "loadgen/experiments/README.md");

    /** A row of the README's table of settings that are not measured. */
    private static final Pattern NOT_MEASURED = Pattern.compile("(?m)^\\| `([a-z]+/\\S+\\.yaml: [^`]+)` \\| .+ \\|$");

    private static final Catalogue CATALOGUE = CatalogueLoader.load("development");

    /** By place. */
    private static final Map<String, EffectiveSetting> SETTINGS = settings();

    @TempDir
    private Path folder;

    static List<CatalogueFile> files() {
        return ExperimentFiles.all();
    }

    /** So a mistake is found here, and not after an hour of trials. A verdict on another value would not be the profile's. */
    @ParameterizedTest
    @MethodSource("files")
    void hasALoadableCatalogueForEachLevelAndTheProfilesValueAsBaseline(CatalogueFile file) throws IOException {
        Experiment experiment = ExperimentFiles.read(file);
        assumeThat(experiment.levels()).allMatch(level -> level.java() == null || Jdk.exists(level.java()));
        CatalogueLoader.copy(folder);

        Map<String, Map<String, String>> inEffect = LevelCatalogues.of(experiment, file.name(), "development", folder)
                .inEffect();

        boolean isOfTheMethod = experiment.name().equals("same-against-same");
        assertThat(Set.copyOf(inEffect.values()))
                .hasSize(isOfTheMethod ? 1 : experiment.levels().size());
        for (SettingPlace place : experiment.evidence()) {
            assertThat(inEffect.get(experiment.baseline()))
                    .containsEntry(
                            place.inEffect(experiment),
                            SETTINGS.get(place.toString()).value());
        }
    }

    /** What cannot be measured here is named in the README, with the reason. */
    @Test
    void coverEveryPendingSetting() throws IOException {
        List<String> covered = experiments()
                .flatMap(experiment -> experiment.evidenceFor().stream())
                .toList();
        List<String> notMeasured = NOT_MEASURED
                .matcher(Files.readString(README))
                .results()
                .map(row -> row.group(1))
                .toList();
        List<String> pending = SETTINGS.values().stream()
                .filter(setting -> setting.setting().isPending())
                .map(OurExperimentsTest::place)
                .toList();

        assertThat(SETTINGS).hasSizeGreaterThan(90);
        assertThat(pending).allMatch(place -> covered.contains(place) || notMeasured.contains(place));
        assertThat(notMeasured).doesNotHaveDuplicates().isSubsetOf(pending).doesNotContainAnyElementsOf(covered);
    }

    /** A renamed setting would leave its experiment without a purpose. */
    @Test
    void areAboutSettingsThatExist() {
        assertThat(experiments().flatMap(experiment -> experiment.evidenceFor().stream()))
                .isSubsetOf(SETTINGS.keySet());
    }

    private static Stream<Experiment> experiments() {
        return files().stream().map(ExperimentFiles::read);
    }

    /** Of all profiles, and of all environments' lanes and brokers. */
    private static Map<String, EffectiveSetting> settings() {
        Stream<Profile> profiles = Stream.concat(
                CATALOGUE.topics().stream().map(Topic::profile),
                CATALOGUE.lanes().stream().map(Lane::profile));
        Stream<Settings> ofProfiles =
                profiles.flatMap(each -> Stream.of(each.topic(), each.producer(), each.consumer(), each.streams()));
        Stream<Settings> ofEnvironments = Stream.of("development", "staging", "production")
                .map(CatalogueLoader::load)
                .flatMap(each -> Stream.concat(
                        Stream.of(each.where().broker()), each.lanes().stream().map(Lane::settings)));
        return Stream.concat(ofProfiles, ofEnvironments)
                .flatMap(each -> each.byName().values().stream())
                .filter(each -> each.origin() == Origin.PROFILE || each.path().contains(each.name()))
                .collect(Collectors.toMap(
                        OurExperimentsTest::place, each -> each, (first, again) -> first, TreeMap::new));
    }

    private static String place(EffectiveSetting setting) {
        return setting.file() + ": " + setting.path();
    }
}
