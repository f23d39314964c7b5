package io.clinicalstreams.loadgen.scenario;

import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.file.YamlReader;
import io.clinicalstreams.topics.problem.IoReason;
import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.problem.UnknownNameException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The scenarios in {@code loadgen/scenarios}, on the class path, and those in files of the user's own. */
public final class ScenarioFiles {

    /** The default, whose values, but not its goal, also hold wherever another file has none. */
    public static final String ORDINARY = "ordinary";
    /** Without input that is malformed or mis-keyed. */
    public static final String VALID = "valid";

    private static final String FOLDER = "scenarios";

    /** A file, and the one that has the values that it omits. */
    private record Texts(CatalogueFile file, CatalogueFile defaults) {}

    private ScenarioFiles() {}

    /**
     * Reads one.
     *
     * @param nameOrFile a name, or the path of a file that ends in {@code .yaml}
     * @throws io.clinicalstreams.topics.problem.CatalogueException if anything in it is wrong
     * @throws UnknownNameException if there is no such name
     */
    static Scenario read(String nameOrFile) {
        Problems problems = new Problems();
        Texts found = find(nameOrFile, problems);
        return problems.orRefuse(
                new YamlReader(problems).read(found.file, found.defaults, Set.of("goal"), Scenario.class));
    }

    /** All text that decides what is sent, the defaults' included. */
    static String text(String nameOrFile) {
        Texts found = find(nameOrFile, new Problems());
        return found.file.text() + found.defaults.text();
    }

    private static Texts find(String nameOrFile, Problems problems) {
        Map<String, CatalogueFile> named = onClassPath(problems);
        CatalogueFile file =
                nameOrFile.endsWith(CatalogueFile.EXTENSION) ? own(nameOrFile, problems) : named.get(nameOrFile);
        problems.refuse();
        if (file == null) {
            throw new UnknownNameException("scenario", nameOrFile, List.copyOf(named.keySet()));
        }
        return new Texts(file, named.getOrDefault(ORDINARY, file));
    }

    /** By name. */
    private static Map<String, CatalogueFile> onClassPath(Problems problems) {
        try (CatalogueFiles files = CatalogueFiles.onClassPath("clinical-streams", FOLDER)) {
            return files.in(FOLDER, problems).stream()
                    .collect(Collectors.toMap(
                            CatalogueFile::stem, Function.identity(), (first, second) -> first, TreeMap::new));
        } catch (IOException neverWhileClosing) {
            throw new UncheckedIOException(neverWhileClosing);
        }
    }

    private static CatalogueFile own(String file, Problems problems) {
        try {
            return new CatalogueFile(file, Files.readString(Path.of(file)));
        } catch (IOException unreadable) {
            problems.add(file, "", IoReason.predicate(unreadable));
            return new CatalogueFile(file, "");
        }
    }
}
