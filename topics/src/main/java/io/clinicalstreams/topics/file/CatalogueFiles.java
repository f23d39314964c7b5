package io.clinicalstreams.topics.file;

import io.clinicalstreams.topics.problem.Problems;
import java.util.List;

/** A source of the catalogue's YAML files: a folder or the class path. */
public interface CatalogueFiles {

    String TOPICS = "catalogue";
    String LANES = "catalogue/lanes";
    String CLIENTS = "catalogue/clients";
    String PROFILES = "profiles";
    String EXPERIMENTS = "profiles/experiments";
    String ENVIRONMENTS = "environments";

    /** The file for a name, for example {@code profiles/latency.yaml}. */
    static String fileOf(String folder, String name) {
        return folder + '/' + name + CatalogueFile.EXTENSION;
    }

    /**
     * The files directly in a folder, sorted by name, without those whose name begins with a dot.
     *
     * @param folder for example {@code catalogue/lanes}
     * @param problems receives a problem if the folder is missing or cannot be read
     */
    List<CatalogueFile> in(String folder, Problems problems);

    /**
     * The folders directly in a folder, prefixed with its name, sorted by name, without those whose name begins with a
     * dot. Empty if the folder is missing or cannot be read.
     */
    List<String> foldersIn(String folder);
}
