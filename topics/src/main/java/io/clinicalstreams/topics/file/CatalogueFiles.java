package io.clinicalstreams.topics.file;

import io.clinicalstreams.topics.problem.Problems;
import java.util.List;

/** Where the catalogue's YAML files lie: a folder, or the class path. */
public interface CatalogueFiles {

    String TOPICS = "catalogue";
    String LANES = "catalogue/lanes";
    String CLIENTS = "catalogue/clients";
    String PROFILES = "profiles";
    String EXPERIMENTS = "profiles/experiments";
    String ENVIRONMENTS = "environments";

    /** The file that describes what has this name, for example {@code profiles/latency.yaml}. */
    static String fileOf(String folder, String name) {
        return folder + '/' + name + CatalogueFile.EXTENSION;
    }

    /**
     * The files directly in a folder, in the order of their names; those whose name begins with a dot are left out.
     *
     * @param folder for example {@code catalogue/lanes}
     * @param problems where a folder that is missing or cannot be read is noted
     */
    List<CatalogueFile> in(String folder, Problems problems);

    /**
     * The folders directly in a folder, with its name before theirs, in the order of their names; those whose name begins
     * with a dot are left out. None in a folder that is missing or cannot be read.
     */
    List<String> foldersIn(String folder);
}
