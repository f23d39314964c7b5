package io.clinicalstreams.loadgen.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The files of the given paths: {@code .ndjson} and {@code .jsonl} (one resource per line) and {@code .json} (one
 * resource), each plain or gzipped. Folders are searched recursively, links followed, and sorted by path, so the order
 * is the same everywhere.
 *
 * @param passedOver how many files in the folders have another name and are skipped
 */
public record InputFiles(List<Path> paths, long passedOver) {

    private static final String NAMES = ".json, .ndjson or .jsonl, plain or .gz";
    private static final String GZIPPED = ".gz";

    public InputFiles {
        paths = List.copyOf(paths);
    }

    /** @throws InputRefused when an input is missing, has another name or is a folder without such a file */
    public static InputFiles of(List<Path> inputs) {
        List<Path> paths = new ArrayList<>();
        long passedOver = 0;
        for (Path input : inputs) {
            if (Files.isDirectory(input)) {
                InputFiles found = inFolder(input);
                paths.addAll(found.paths());
                passedOver += found.passedOver();
            } else {
                check(input);
                paths.add(input);
            }
        }
        return new InputFiles(paths, passedOver);
    }

    static boolean isGzipped(Path file) {
        return name(file).endsWith(GZIPPED);
    }

    /** Whether the file holds one resource instead of one per line. */
    static boolean isWhole(Path file) {
        return unpackedName(file).endsWith(".json");
    }

    private static void check(Path input) {
        if (!Files.exists(input)) {
            throw new InputRefused("input: no such file or folder: " + input);
        }
        if (!isInput(input)) {
            throw new InputRefused("input: not " + NAMES + ": " + input);
        }
        if (!Files.isReadable(input)) {
            throw new InputRefused("input: access is denied: " + input);
        }
    }

    private static InputFiles inFolder(Path folder) {
        List<Path> all = files(folder);
        List<Path> paths = all.stream().filter(InputFiles::isInput).sorted().toList();
        if (paths.isEmpty()) {
            throw new InputRefused("input: no file named " + NAMES + " in the folder: " + folder);
        }
        return new InputFiles(paths, all.size() - paths.size());
    }

    /** Everything except folders, including broken links, so that reading one fails with an error. */
    private static List<Path> files(Path folder) {
        try (Stream<Path> found = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(path -> !Files.isDirectory(path)).toList();
        } catch (UncheckedIOException unsearchable) {
            throw refused(folder, Objects.requireNonNull(unsearchable.getCause()));
        } catch (IOException unsearchable) {
            throw refused(folder, unsearchable);
        }
    }

    /** A subfolder cannot be opened, or a link leads back to a parent folder. */
    private static InputRefused refused(Path folder, Throwable why) {
        return new InputRefused(
                "input: cannot search " + folder + ": " + why.getClass().getSimpleName() + " at " + why.getMessage());
    }

    private static boolean isInput(Path file) {
        String name = unpackedName(file);
        return name.endsWith(".json") || name.endsWith(".ndjson") || name.endsWith(".jsonl");
    }

    private static String unpackedName(Path file) {
        String name = name(file);
        return name.endsWith(GZIPPED) ? name.substring(0, name.length() - GZIPPED.length()) : name;
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
    }
}
