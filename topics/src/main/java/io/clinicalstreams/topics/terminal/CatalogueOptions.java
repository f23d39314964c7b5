package io.clinicalstreams.topics.terminal;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The catalogue that a command uses: the built-in one, or a copy in a folder. */
public final class CatalogueOptions {

    @Option(
            names = {"-e", "--environment"},
            defaultValue = "development",
            paramLabel = "NAME",
            description = "A file in environments/: development, staging, production or your own "
                    + "(default: ${DEFAULT-VALUE}).")
    private String environment = "development";

    @Option(
            names = "--catalogue",
            paramLabel = "FOLDER",
            description = "A folder with catalogue/, profiles/ and environments/, instead of the built-in ones.")
    private @Nullable Path folder;

    /** The environment's name. */
    public String environment() {
        return environment;
    }

    /** Copies the catalogue's files into a folder. */
    public void copyTo(Path target) throws IOException {
        if (folder == null) {
            CatalogueLoader.copy(target);
        } else {
            CatalogueLoader.copy(folder, target);
        }
    }

    /** @throws io.clinicalstreams.topics.problem.CatalogueException if anything in it is wrong */
    public Catalogue load() {
        return folder == null ? CatalogueLoader.load(environment) : CatalogueLoader.load(folder, environment);
    }
}
