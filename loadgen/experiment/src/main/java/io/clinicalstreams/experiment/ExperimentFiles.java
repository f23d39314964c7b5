package io.clinicalstreams.experiment;

import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.file.YamlReader;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.problem.IoReason;
import io.clinicalstreams.topics.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The experiments in {@code loadgen/experiments}, on the class path, and those in files of the user's own. */
public final class ExperimentFiles {

    private static final String FOLDER = "experiments";

    private ExperimentFiles() {}

    /**
     * All on the class path, by name.
     *
     * @throws io.clinicalstreams.topics.problem.CatalogueException if anything in one of them is wrong
     */
    public static List<CatalogueFile> all() {
        Problems problems = new Problems();
        try (CatalogueFiles files = CatalogueFiles.onClassPath("clinical-streams", FOLDER)) {
            List<CatalogueFile> all = files.in(FOLDER, problems);
            problems.refuse();
            return all;
        } catch (IOException neverWhileClosing) {
            throw new UncheckedIOException(neverWhileClosing);
        }
    }

    /**
     * Finds one.
     *
     * @param nameOrFile a name, or the path of a file that ends in {@code .yaml}
     * @throws CommandException if there is none, or the file cannot be read
     */
    public static CatalogueFile find(String nameOrFile) {
        if (nameOrFile.endsWith(CatalogueFile.EXTENSION)) {
            return own(nameOrFile);
        }
        List<CatalogueFile> all = all();
        return all.stream()
                .filter(file -> file.stem().equals(nameOrFile))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        ExitCode.WRONG_USAGE,
                        "no experiment '" + nameOrFile + "'; there are "
                                + all.stream().map(CatalogueFile::stem).collect(Collectors.joining(", "))
                                + ". A file of your own ends in " + CatalogueFile.EXTENSION));
    }

    /** @throws io.clinicalstreams.topics.problem.CatalogueException if anything in it is wrong */
    public static Experiment read(CatalogueFile file) {
        Problems problems = new Problems();
        Experiment experiment = problems.orRefuse(new YamlReader(problems).read(file, Experiment.class));
        if (!experiment.name().equals(file.stem())) {
            problems.add(file.name(), "name", "must be the file's name, " + file.stem());
        }
        if (experiment.load().isForAMoment()) {
            problems.add(file.name(), "load.duration", "must be more than 1 s: so short a trial has no warm-up");
        }
        problems.refuse();
        return experiment;
    }

    private static CatalogueFile own(String file) {
        Problems problems = new Problems();
        try {
            return new CatalogueFile(file, Files.readString(Path.of(file)));
        } catch (IOException unreadable) {
            problems.add(file, "", IoReason.predicate(unreadable));
            problems.refuse();
            throw new UncheckedIOException(unreadable);
        }
    }
}
