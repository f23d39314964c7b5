package io.clinicalstreams.topics.file;

/**
 * One file of the catalogue, not yet parsed.
 *
 * @param name with its folder, for example {@code profiles/latency.yaml}
 */
public record CatalogueFile(String name, String text) {

    public static final String EXTENSION = ".yaml";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Windows' editors write a byte order mark, which is not part of the text. */
    public CatalogueFile {
        text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    /** The file's name without folder and extension: the name of what it describes. */
    public String stem() {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return file.endsWith(EXTENSION) ? file.substring(0, file.length() - EXTENSION.length()) : file;
    }
}
