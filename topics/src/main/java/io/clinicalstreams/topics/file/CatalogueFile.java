package io.clinicalstreams.topics.file;

/**
 * One file of the catalogue, not yet parsed.
 *
 * @param name with its folder, for example {@code profiles/latency.yaml}
 */
public record CatalogueFile(String name, String text) {

    public static final String EXTENSION = ".yaml";

    /** The file's name without folder and extension: the name of what it describes. */
    public String stem() {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return file.endsWith(EXTENSION) ? file.substring(0, file.length() - EXTENSION.length()) : file;
    }
}
