package io.clinicalstreams.loadgen.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The files of the given paths: {@code .ndjson} (a resource a line) and {@code .json} (one resource), either gzipped.
 * Folders are searched with all their folders, sorted by path, so that the order is the same everywhere.
 */
final class InputFiles {

    private InputFiles() {}

    static List<Path> of(List<Path> inputs) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path input : inputs) {
            if (Files.isDirectory(input)) {
                files.addAll(inFolder(input));
            } else if (Files.isReadable(input)) {
                if (!isInput(input)) {
                    throw new IllegalArgumentException(
                            "input: neither .json nor .ndjson, plain or .gz: " + input.getFileName());
                }
                files.add(input);
            } else {
                throw new IllegalArgumentException("input: no such file or folder: " + input);
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("input: no .json or .ndjson file in the given folders");
        }
        return files;
    }

    static boolean isGzipped(Path file) {
        return name(file).endsWith(".gz");
    }

    /** Whether the file holds one resource instead of one a line. */
    static boolean isWhole(Path file) {
        return name(file).endsWith(".json") || name(file).endsWith(".json.gz");
    }

    private static List<Path> inFolder(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile)
                    .filter(InputFiles::isInput)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isInput(Path file) {
        String name = name(file);
        return name.endsWith(".json")
                || name.endsWith(".ndjson")
                || name.endsWith(".json.gz")
                || name.endsWith(".ndjson.gz");
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
    }
}
