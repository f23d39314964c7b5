package io.clinicalstreams.topics.load;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.file.ClientFile;
import io.clinicalstreams.topics.file.EnvironmentFile;
import io.clinicalstreams.topics.file.ExperimentFile;
import io.clinicalstreams.topics.file.LaneFile;
import io.clinicalstreams.topics.file.NamedFile;
import io.clinicalstreams.topics.file.ProfileFile;
import io.clinicalstreams.topics.file.TopicFile;
import io.clinicalstreams.topics.file.YamlReader;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.validation.CatalogueRules;
import io.clinicalstreams.topics.validation.RoleRules;
import io.clinicalstreams.topics.validation.SettingRules;
import io.clinicalstreams.topics.validation.SinkWait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Loads a catalogue in three steps, each of which reports all its problems before the next begins: read every file and
 * check its settings against Kafka's definitions; resolve names; assemble every environment and check it as a whole.
 */
public final class CatalogueLoader {

    private static final List<String> OPTIONAL_FOLDERS =
            List.of(CatalogueFiles.LANES, CatalogueFiles.CLIENTS, CatalogueFiles.EXPERIMENTS);

    private final CatalogueFiles files;
    private final Problems problems = new Problems();
    private final YamlReader reader = new YamlReader(problems);

    private CatalogueLoader(CatalogueFiles files) {
        this.files = files;
    }

    /**
     * The catalogue on the class path, under {@code clinical-streams/}.
     *
     * @throws CatalogueException if anything in it is wrong
     */
    public static Catalogue load(String environment) {
        return load(CatalogueFiles.onClassPath("clinical-streams", CatalogueFiles.TOPICS), environment);
    }

    /**
     * A catalogue in a folder with {@code catalogue/}, {@code profiles/} and {@code environments/}.
     *
     * @throws CatalogueException if anything in it is wrong
     */
    public static Catalogue load(Path directory, String environment) {
        return load(CatalogueFiles.in(directory), environment);
    }

    /** Copies the files of the catalogue on the class path into a folder, from which it can be loaded. */
    public static void copy(Path target) throws IOException {
        try (CatalogueFiles files = CatalogueFiles.onClassPath("clinical-streams", CatalogueFiles.TOPICS)) {
            files.copyTo(target);
        }
    }

    /** Copies the files of a catalogue in a folder into another. */
    public static void copy(Path directory, Path target) throws IOException {
        try (CatalogueFiles files = CatalogueFiles.in(directory)) {
            files.copyTo(target);
        }
    }

    private static Catalogue load(CatalogueFiles files, String environment) {
        try (files) {
            return new CatalogueLoader(files).read(environment);
        } catch (IOException neverWhileClosing) {
            throw new UncheckedIOException(neverWhileClosing);
        }
    }

    private Catalogue read(String environment) {
        Map<String, TopicFile> topics = read(CatalogueFiles.TOPICS, TopicFile.class);
        Map<String, LaneFile> lanes = readIfThere(CatalogueFiles.LANES, LaneFile.class);
        Map<String, ClientFile> clients = readIfThere(CatalogueFiles.CLIENTS, ClientFile.class);
        Map<String, ProfileFile> profiles = read(CatalogueFiles.PROFILES, ProfileFile.class);
        Map<String, EnvironmentFile> environments = read(CatalogueFiles.ENVIRONMENTS, EnvironmentFile.class);
        Map<String, ExperimentFile> experiments = readIfThere(CatalogueFiles.EXPERIMENTS, ExperimentFile.class);
        refuseOtherFolders();
        SettingRules written = new SettingRules(experiments.keySet(), problems);
        topics.values().forEach(written::check);
        lanes.values().forEach(written::check);
        profiles.values().forEach(written::check);
        environments.values().forEach(written::check);
        problems.refuse();

        new NameResolution(topics, lanes, clients, profiles, problems).follow(environments.values());
        new RoleRules(lanes, clients, problems).check(environments.values());
        if (!environments.containsKey(environment)) {
            String known = String.join(", ", environments.keySet());
            problems.add(
                    CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, environment),
                    "",
                    "no such environment; known are " + known);
        }
        problems.refuse();

        Map<String, Catalogue> catalogues = new LinkedHashMap<>();
        environments.forEach((name, file) -> {
            Catalogue catalogue =
                    new CatalogueAssembly(topics, lanes, clients, profiles, new EnvironmentSettings(file)).assemble();
            new CatalogueRules(catalogue, problems).check();
            catalogues.put(name, catalogue);
        });
        lanes.values().forEach(lane -> checkExceptions(lane, catalogues.values()));
        problems.refuse();
        return Objects.requireNonNull(catalogues.get(environment));
    }

    /** An exception that no environment needs any more would hide a future disagreement. */
    private void checkExceptions(LaneFile file, Collection<Catalogue> catalogues) {
        for (String sink : file.slowerSinks().keySet()) {
            boolean isNeeded = catalogues.stream()
                    .anyMatch(catalogue -> !SinkWait.of(catalogue.lane(file.name()), catalogue.topic(sink))
                            .isEmpty());
            if (!isNeeded) {
                problems.add(
                        CatalogueFiles.fileOf(CatalogueFiles.LANES, file.name()),
                        "slower-sinks." + sink,
                        "is not needed: in every environment the lane meets the profile's objective");
            }
        }
    }

    /** These folders are optional: a catalogue may have only topics. */
    private <T extends NamedFile> Map<String, T> readIfThere(String folder, Class<T> type) {
        return folders().contains(folder) ? read(folder, type) : Map.of();
    }

    /** Without this check a mistyped folder would be ignored. */
    private void refuseOtherFolders() {
        folders().stream()
                .filter(folder -> !OPTIONAL_FOLDERS.contains(folder) && !folder.endsWith(CatalogueFile.EXTENSION))
                .forEach(folder ->
                        problems.add(folder, "", "is unknown here; known are " + String.join(", ", OPTIONAL_FOLDERS)));
    }

    private List<String> folders() {
        return Stream.of(CatalogueFiles.TOPICS, CatalogueFiles.PROFILES)
                .flatMap(parent -> files.foldersIn(parent).stream())
                .toList();
    }

    private <T extends NamedFile> Map<String, T> read(String folder, Class<T> type) {
        Map<String, T> byName = new LinkedHashMap<>();
        Map<String, List<String>> filesOfName = new LinkedHashMap<>();
        for (CatalogueFile file : files.in(folder, problems)) {
            if (!file.name().endsWith(CatalogueFile.EXTENSION)) {
                problems.add(file.name(), "", "is not a " + CatalogueFile.EXTENSION + " file");
                continue;
            }
            reader.read(file, type).ifPresent(content -> {
                byName.put(content.name(), content);
                filesOfName
                        .computeIfAbsent(content.name(), name -> new ArrayList<>())
                        .add(file.name());
                if (!content.name().equals(file.stem())) {
                    problems.add(file.name(), "name", "must be the file's name, " + file.stem());
                }
            });
        }
        filesOfName.forEach((name, named) -> {
            if (named.size() > 1) {
                problems.add(named.get(1), "name", "'" + name + "' already has a file, " + named.get(0));
            }
        });
        return byName;
    }
}
