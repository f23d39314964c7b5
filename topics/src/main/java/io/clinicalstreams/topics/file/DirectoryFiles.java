package io.clinicalstreams.topics.file;

import io.clinicalstreams.topics.problem.Problems;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The catalogue in a folder of the file system. */
public record DirectoryFiles(Path root) implements CatalogueFiles {

    @Override
    public List<CatalogueFile> in(String folder, Problems problems) {
        Path directory = root.resolve(folder);
        if (!Files.isDirectory(directory)) {
            problems.add(folder, "", "no such folder in " + root);
            return List.of();
        }
        List<CatalogueFile> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path file : entries.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (CatalogueFile.isHidden(name)) {
                    continue;
                }
                if (Files.isRegularFile(file)) {
                    read(file, folder + '/' + name, problems).ifPresent(files::add);
                } else if (name.endsWith(CatalogueFile.EXTENSION)) {
                    problems.add(folder + '/' + name, "", "is neither a file nor a link to a file");
                }
            }
        } catch (IOException unreadable) {
            problems.add(folder, "", "cannot be read: " + unreadable);
        }
        return files;
    }

    @Override
    public List<String> foldersIn(String folder) {
        try (Stream<Path> entries = Files.list(root.resolve(folder))) {
            return entries.filter(Files::isDirectory)
                    .map(directory -> String.valueOf(directory.getFileName()))
                    .filter(name -> !CatalogueFile.isHidden(name))
                    .sorted()
                    .map(name -> folder + '/' + name)
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static Optional<CatalogueFile> read(Path file, String name, Problems problems) {
        try {
            return Optional.of(new CatalogueFile(name, Files.readString(file)));
        } catch (CharacterCodingException notText) {
            problems.add(name, "", "is not UTF-8 text");
        } catch (IOException unreadable) {
            problems.add(name, "", "cannot be read: " + unreadable);
        }
        return Optional.empty();
    }
}
